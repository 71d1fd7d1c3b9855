// The administrator's acts: each asks, does one thing, and shows the fresh list.

import { ask, copyText, Failure } from "./api.js";
import { confirmFirst, openDialog } from "./dialog.js";
import { make, one, toast } from "./dom.js";

const base = "/api/v1";
const values = one("#admin-values") ? JSON.parse(one("#admin-values").textContent) : {};

async function tell(doing, fresh) {
  try {
    const answer = await doing();
    if (fresh !== false) location.reload();
    return answer;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    one("#admin-failure").textContent = error.message + (error.requestId ? "（编号 " + error.requestId + "）" : "");
    return null;
  }
}

// A window with fields; `give` gets their values and may fail, then the window stays and says why.
function form(title, fields, give) {
  const said = make("p", { class: "failure", role: "alert" });
  openDialog({
    title,
    body: [make("div", { class: "fields" }, fields.map(([name, field]) => make("label", {}, name, field))), said],
    actions: [{ text: "取消" }, {
      text: "确定", main: true,
      act: async () => {
        try {
          await give();
          return true;
        } catch (error) {
          said.textContent = error.message;
          return false;
        }
      },
    }],
  });
}

const unitsOf = (text) => text.split(/[、，,\s]+/).filter(Boolean);

function roleField(chosen) {
  return make("select", {}, Object.keys(values.roles).map((key) => make("option", { value: key, selected: key === chosen }, values.roles[key])));
}

function unitField(text) {
  if (!one("#unit-names")) document.body.append(make("datalist", { id: "unit-names" }, values.units.map((name) => make("option", { value: name }))));
  return make("input", { value: text || "", list: "unit-names", placeholder: "多个单位用顿号隔开", autocomplete: "off" });
}

// A link is shown this once; the person opens it and sets a password.
function showLink(name, path) {
  const address = location.origin + path;
  const field = make("input", { value: address, readonly: true, "aria-label": "登录链接" });
  openDialog({
    title: name + "的一次性登录链接",
    body: [make("p", {}, "请发给本人。只能用一次，打开后设置密码。"), field],
    actions: [{ text: "复制", act: () => { toast(copyText(address) ? "已复制。" : "请手动选中复制。"); return false; } }, { text: "完成", main: true, act: () => { location.reload(); } }],
  });
  field.select();
}

function addAccount() {
  const name = make("input", { maxlength: "100", autocomplete: "off", autofocus: true });
  const role = roleField("staff");
  const units = unitField("");
  form("新增账号", [["姓名", name], ["身份", role], ["单位（撰稿和审核人员必填）", units]], async () => {
    const made = await ask("POST", base + "/accounts", { name: name.value.trim(), role: role.value, units: unitsOf(units.value) });
    setTimeout(() => showLink(made.name, made.link), 0);
  });
}

const ACCOUNT = {
  edit(row) {
    const role = roleField(row.dataset.role);
    const units = unitField(row.dataset.units);
    form("修改账号：" + row.dataset.name, [["身份", role], ["单位", units]], async () => {
      await ask("PATCH", base + "/accounts/" + row.dataset.account, { role: role.value, units: unitsOf(units.value) });
      location.reload();
    });
  },
  async link(row) {
    const made = await tell(() => ask("POST", base + "/accounts/" + row.dataset.account + "/link"), false);
    if (made) showLink(row.dataset.name, made.link);
  },
  "sign-out": (row) => confirmFirst("强制退出", make("p", {}, row.dataset.name + "在所有电脑上的登录都会结束；没有保存到服务器的内容仍在各自的电脑上。"), "强制退出", () => tell(() => ask("DELETE", base + "/accounts/" + row.dataset.account + "/sessions"))),
  disable: (row) => confirmFirst("停用账号", make("p", {}, "停用后" + row.dataset.name + "不能登录，其稿件保留。"), "停用", () => tell(() => ask("PATCH", base + "/accounts/" + row.dataset.account, { disabled: true }))),
  enable: (row) => tell(() => ask("PATCH", base + "/accounts/" + row.dataset.account, { disabled: false })),
};

function nameForm(title, value, give) {
  const name = make("input", { maxlength: "100", value: value || "", autocomplete: "off", autofocus: true });
  form(title, [["名称", name]], async () => {
    await give(name.value.trim());
    location.reload();
  });
}

const UNIT = {
  rename: (row) => nameForm("单位改名", row.dataset.name, (name) => ask("PATCH", base + "/units/" + row.dataset.unit, { name })),
  close: (row) => confirmFirst("停用单位", make("p", {}, "停用后不能再给“" + row.dataset.name + "”新增账号，已有稿件保留。"), "停用", () => tell(() => ask("PATCH", base + "/units/" + row.dataset.unit, { closed: true }))),
  open: (row) => tell(() => ask("PATCH", base + "/units/" + row.dataset.unit, { closed: false })),
};

const OFFER = {
  accept: (row) => tell(() => ask("POST", base + "/offers/" + row.dataset.offer, { outcome: "accepted" })),
  decline(row) {
    const reason = make("input", { maxlength: "500", autofocus: true });
    form("不收入：" + row.dataset.name, [["理由", reason]], async () => {
      await ask("POST", base + "/offers/" + row.dataset.offer, { outcome: "declined", reason: reason.value.trim() });
      location.reload();
    });
  },
};

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-act]");
  if (!button) return;
  const row = button.closest("tr");
  const acts = row.dataset.account ? ACCOUNT : row.dataset.unit ? UNIT : OFFER;
  acts[button.dataset.act](row);
});
if (one("#add-account")) one("#add-account").addEventListener("click", addAccount);
if (one("#add-unit")) one("#add-unit").addEventListener("click", () => nameForm("新增单位", "", (name) => ask("POST", base + "/units", { name })));
