// What to write: genre, unit, period, length. Remembers the person's last choices on this machine.

import { beijingToday, make, one, show } from "./dom.js";

const REMEMBERED = "zhibi.setup";

export function setupForm(account, onStart, onChange) {
  const form = one("#setup");
  const failure = one("#setup-failure");
  const key = REMEMBERED + "." + account;
  recall();
  drawPicks();
  form.addEventListener("change", (event) => {
    if (!event.target.name) return;
    drawPlan();
    onChange();
  });
  form.elements.period.addEventListener("input", (event) => {
    if (!event.isComposing) onChange();
  });
  drawPlan();
  if (!form.elements.period.value) form.elements.period.value = quarter(beijingToday(), 0);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    start();
  });
  // Enter in a field belongs to the field; drafting starts by its button or Ctrl+Enter.
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches("input") && !event.ctrlKey) event.preventDefault();
  });

  function asked() {
    const fields = form.elements;
    const all = { genre: fields.genre.value, unit: fields.unit.value.trim(), period: fields.period.value.trim() };
    if (fields.unit_type.value) all.unit_type = fields.unit_type.value;
    if (fields.title.value.trim()) all.title = fields.title.value.trim();
    if (fields.length.value) all.length = Number(fields.length.value);
    return all;
  }

  function start() {
    const all = asked();
    if (!all.unit) return refuse("请填写单位名称。", form.elements.unit);
    if (!all.period) return refuse("请填写报告期。", form.elements.period);
    refuse("");
    try {
      localStorage.setItem(key, JSON.stringify({ genre: all.genre, unit: all.unit, unit_type: all.unit_type }));
    } catch (error) {
      // Choices that are not remembered are chosen again.
    }
    return onStart(all);
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

  function drawPlan() {
    const chosen = one('input[name="genre"]:checked + .genre-card', form);
    if (chosen) one("#genre-plan").textContent = one(".genre-use", chosen).textContent + "。写：" + one(".genre-parts", chosen).textContent;
  }

  function drawPicks() {
    const now = beijingToday();
    const half = now.month <= 6 ? "上半年" : "下半年";
    const names = [
      ["本月", now.year + "年" + now.month + "月"],
      ["本季度", quarter(now, 0)],
      ["上季度", quarter(now, -1)],
      [half, now.year + "年" + half],
      ["全年", now.year + "年"],
    ];
    for (const [name, value] of names) {
      const pick = make("button", { type: "button", class: "pick", title: value }, name);
      pick.addEventListener("click", () => {
        form.elements.period.value = value;
        onChange();
      });
      one("#period-picks").append(pick);
    }
  }

  function recall() {
    let kept = null;
    try {
      kept = JSON.parse(localStorage.getItem(key));
    } catch (error) {
      kept = null;
    }
    if (kept) fill(kept);
  }

  function fill(request) {
    for (const choice of form.elements.genre) choice.checked = request.genre ? choice.value === request.genre : choice.checked;
    for (const name of ["unit", "unit_type", "period", "title", "length"]) {
      if (request[name]) form.elements[name].value = request[name];
    }
    drawPlan();
  }

  // The first and last day the period means, or why it means none.
  function resolved(period, wrong) {
    const place = one("#period-dates");
    const day = (text) => text.split("-").map(Number).reduce((all, part, at) => all + part + "年月日"[at], "");
    const last = period && period.start.slice(0, 4) === period.end.slice(0, 4) ? day(period.end).replace(/^\d+年/, "") : period && day(period.end);
    place.textContent = wrong || (period ? day(period.start) + "至" + last : "");
    place.classList.toggle("wrong", Boolean(wrong));
  }

  return {
    refuse,
    resolved,
    asked,
    start,
    fill,
    period: () => form.elements.period.value.trim(),
    busy(yes) {
      const button = one("#start");
      button.disabled = yes;
      button.textContent = yes ? "正在提交……" : "开始起草";
    },
  };
}

function quarter(day, shift) {
  const whole = day.year * 4 + Math.floor((day.month - 1) / 3) + shift;
  return Math.floor(whole / 4) + "年" + "一二三四"[((whole % 4) + 4) % 4] + "季度";
}
