"""`zhibi serve`: the web application and its workers in one process."""

from __future__ import annotations

from service.commands.printing import tell


def run(host: str | None, port: int | None) -> int:
    """Serves until interrupted; prints the address, and on the very first start the administrator's link."""
    from service.app import run_server
    from service.settings import load_settings
    from service.web.application import create_application
    from service.wiring.application import open_services
    from service.wiring.record import sign_in_link

    settings = load_settings()
    chosen_host, chosen_port = host or settings.host, settings.port if port is None else port
    with open_services(settings) as services:

        def announce(address: str) -> None:
            # Only now, with the port taken: a start that fails must not use up the one link that opens the house.
            first_link = services.accounts.ensure_administrator()
            tell(f"执笔已启动：{settings.public_url or address}（按 Ctrl+C 停止）")
            if first_link is None:
                name = next(one.name for one in services.accounts.all() if one.is_admin)
                tell(f"已有管理员账号。需要新的登录链接时，请运行：zhibi user link {name}")
            else:
                listening = int(address.rsplit(":", 1)[1])
                tell(f"管理员一次性登录链接：{sign_in_link(settings, first_link, chosen_host, listening)}")

        run_server(create_application(services), chosen_host, chosen_port, announce, settings.log_level)
    return 0
