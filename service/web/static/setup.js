// What to write: genre, unit, period, length. Remembers the person's last choices on this machine.

import { composing, make, one, show } from "./dom.js";

const REMEMBERED = "zhibi.setup";

export function setupForm(onStart) {
  const form = one("#setup");
  const failure = one("#setup-failure");
  recall();
  drawPicks();
  form.addEventListener("change", drawPlan);
  drawPlan();
  if (!form.elements.period.value) form.elements.period.value = quarter(new Date(), 0);

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    start();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.ctrlKey && !composing(event) && !form.hidden) {
      event.preventDefault();
      start();
    }
  });

  function start() {
    const asked = {
      genre: form.elements.genre.value,
      unit: form.elements.unit.value.trim(),
      unit_type: form.elements.unit_type.value,
      period: form.elements.period.value.trim(),
    };
    if (form.elements.title.value.trim()) asked.title = form.elements.title.value.trim();
    if (form.elements.length.value) asked.length = Number(form.elements.length.value);
    if (!asked.unit) return refuse("请填写单位名称。", form.elements.unit);
    if (!asked.period) return refuse("请填写报告期。", form.elements.period);
    refuse("");
    remember(asked);
    return onStart(asked);
  }

  function refuse(text, field) {
    failure.textContent = text;
    show(failure, Boolean(text));
    for (const name of ["unit", "period"]) form.elements[name].removeAttribute("aria-invalid");
    if (field) {
      field.setAttribute("aria-invalid", "true");
      field.focus();
    }
  }

  // The parts of the chosen genre, said once below the cards instead of on each of them.
  function drawPlan() {
    const chosen = one('input[name="genre"]:checked + .genre-card', form);
    if (chosen) one("#genre-plan").textContent = one("b", chosen).textContent + "写：" + one(".genre-parts", chosen).textContent;
  }

  function drawPicks() {
    const now = new Date();
    const year = now.getFullYear();
    const names = [
      ["本月", year + "年" + (now.getMonth() + 1) + "月"],
      ["本季度", quarter(now, 0)],
      ["上季度", quarter(now, -1)],
      [now.getMonth() < 6 ? "上半年" : "下半年", year + "年" + (now.getMonth() < 6 ? "上半年" : "下半年")],
      ["全年", year + "年"],
    ];
    const place = one("#period-picks");
    for (const [name, value] of names) {
      const pick = make("button", { type: "button", class: "pick", title: value }, name);
      pick.addEventListener("click", () => {
        form.elements.period.value = value;
        form.elements.period.dispatchEvent(new Event("input", { bubbles: true }));
      });
      place.append(pick);
    }
  }

  function remember(asked) {
    try {
      localStorage.setItem(REMEMBERED, JSON.stringify({ genre: asked.genre, unit: asked.unit, unit_type: asked.unit_type }));
    } catch (error) {
      failure.textContent = "";
    }
  }

  function recall() {
    let kept = null;
    try {
      kept = JSON.parse(localStorage.getItem(REMEMBERED));
    } catch (error) {
      kept = null;
    }
    if (!kept) return;
    for (const choice of form.elements.genre) choice.checked = choice.value === kept.genre || (choice.checked && !kept.genre);
    if (!form.elements.unit.value) form.elements.unit.value = kept.unit || "";
    if (kept.unit_type) form.elements.unit_type.value = kept.unit_type;
  }

  return {
    refuse,
    period: () => form.elements.period.value.trim(),
    busy(yes) {
      const button = one("#start");
      button.disabled = yes;
      button.textContent = yes ? "正在提交……" : "开始起草";
    },
    fill(request) {
      for (const choice of form.elements.genre) choice.checked = choice.value === request.genre;
      form.elements.unit.value = request.unit || "";
      form.elements.unit_type.value = request.unit_type || "";
      form.elements.period.value = request.period || "";
      form.elements.title.value = request.title || "";
      form.elements.length.value = request.length || "";
      drawPlan();
    },
  };
}

function quarter(moment, shift) {
  const whole = moment.getFullYear() * 4 + Math.floor(moment.getMonth() / 3) + shift;
  return Math.floor(whole / 4) + "年" + "一二三四"[whole % 4] + "季度";
}
