"""What the number rules share: how a number, a counter and a range sign are written."""

from __future__ import annotations

# Counters that stand for things and people; not 号 期 季度 年级 楼, which number things instead of counting them.
COUNTER = (
    "(?:个|名|位|人|户|家|处|条|块|张|份|册|本|件|次|场|台|套|辆|盏|座|栋|间|所|支|项|批|组|篇|幅|面|根|棵|株|盆|桶"
    "|袋|箱|对|双|门|口|吨|斤|米|元|亩|平方|公[里斤顷]|千米|千克|小时|分钟|天|倍|岁|步|点位)"
)
ARABIC = r"\d{1,9}(?:,\d{3}){0,3}(?:\.\d{1,4})?[十百千万亿]{0,2}"
CHINESE = "[一二两三四五六七八九十百千万]{1,7}"
DIGIT_OF = dict(zip("一二三四五六七八九", "123456789", strict=True))
CHINESE_OF = {digit: sign for sign, digit in DIGIT_OF.items()}
