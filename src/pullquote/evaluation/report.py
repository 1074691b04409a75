"""An evaluation as one HTML page: no scripts, nothing fetched, all text escaped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from pullquote.confidence.outcome import Outcome
from pullquote.evaluation import charts
from pullquote.evaluation.curves import hit_curve, reliability_bins, risk_coverage_curve
from pullquote.evaluation.evaluation_json import ComparisonJson, EvaluationJson
from pullquote.evaluation.html_text import html_text
from pullquote.evaluation.judged_answer import QUOTES_PER_QUESTION
from pullquote.evaluation.metrics import MEANINGS
from pullquote.evaluation.report_failures import OUTCOME_NAMES, failures_html

_STYLE = """
:root{color-scheme:light dark;--paper:#fff;--ink:#1b1b1f;--faint:#63636e;--line:#d9d9e0;
--a:#1f5fbf;--b:#b3541e;--c:#3c7d3c;--card:#f5f5f8}
@media(prefers-color-scheme:dark){:root{--paper:#16161a;--ink:#e8e8ee;--faint:#a0a0ac;
--line:#3a3a44;--a:#7fb0ff;--b:#f0a070;--c:#8ccf8c;--card:#202027}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:72rem;padding:1.5rem;background:var(--paper);color:var(--ink);
font:16px/1.5 system-ui,sans-serif}
h1{font-size:1.5rem}h2{font-size:1.15rem;margin-top:2.5rem}
p.about{color:var(--faint)}.wide{overflow-x:auto}
table{border-collapse:collapse;width:100%}
th,td{text-align:left;padding:.25rem .75rem .25rem 0;border-bottom:1px solid var(--line)}
td.n,th.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
.charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(18rem,1fr));gap:1.5rem}
figure{margin:0}figcaption{font-size:.9rem;color:var(--faint)}
svg{width:100%;height:auto}svg .tick{font-size:11px;fill:var(--faint)}
svg .axis{font-size:12px;fill:var(--ink)}svg .grid{stroke:var(--line)}
svg .guide{stroke:var(--faint);stroke-dasharray:4 4}
svg polyline,svg line.a,svg line.b,svg line.c{fill:none;stroke-width:2}
svg .a{stroke:var(--a)}svg .b{stroke:var(--b)}svg .c{stroke:var(--c);stroke-dasharray:5 3}
svg .dot{fill:var(--a)}svg .mark{fill:none;stroke:var(--b);stroke-width:2}
details{background:var(--card);border-radius:.4rem;padding:.5rem .75rem;margin:.5rem 0}
summary{cursor:pointer}
blockquote{margin:.5rem 0;padding-left:.75rem;border-left:3px solid var(--a);
white-space:pre-wrap;overflow-wrap:anywhere}
blockquote cite{display:block;color:var(--faint);font-style:normal;font-size:.9rem}
.faint{color:var(--faint)}
"""
_CONTENT_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def html_report(evaluation: EvaluationJson) -> str:
    """The whole page."""
    title = f"Evaluation of {evaluation.questions}"
    parts = [
        f"<h1>{html_text(title)}</h1>",
        f'<p class="about">{html_text(_about(evaluation))}</p>',
        "<h2>Metrics, with 95% intervals</h2>",
        _metrics_table(evaluation),
        "<h2>Curves</h2>",
        '<div class="charts">',
        *_charts(evaluation),
        "</div>",
    ]
    if evaluation.comparison:
        parts += [
            f"<h2>Differences from {html_text(evaluation.comparison.other)}</h2>",
            _differences_table(evaluation.comparison),
        ]
    parts += failures_html(evaluation.results)
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_CONTENT_POLICY}">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>{html_text(title)}</title><style>{_STYLE}</style></head>\n<body>\n"
        + "\n".join(parts)
        + "\n</body></html>\n"
    )


def _about(evaluation: EvaluationJson) -> str:
    kind = "calibrated on this archive" if evaluation.calibrated else "as shipped or set"
    return (
        f"{evaluation.asked:,} questions: {evaluation.answerable:,} answerable, "
        f"{evaluation.unanswerable:,} not. Index generation {evaluation.generation}, "
        f"{evaluation.articles:,} articles. A question is answered if the confidence is at least "
        f"{evaluation.threshold:.3f}, its quotes are shown as not sure from "
        f"{evaluation.unsure_threshold:.3f} on, and otherwise it is refused ({kind}). "
        f"{_outcome_counts(evaluation)}. {evaluation.quotes:,} quotes, "
        f"{evaluation.not_verbatim:,} of them not verbatim. Pullquote {evaluation.pullquote}."
    )


def _outcome_counts(evaluation: EvaluationJson) -> str:
    """How many questions have each outcome."""
    counts = Counter(answer.outcome for answer in evaluation.results)
    return ", ".join(f"{counts[outcome]:,} {OUTCOME_NAMES[outcome]}" for outcome in Outcome)


def _metrics_table(evaluation: EvaluationJson) -> str:
    rows = [
        f'<tr><td>{html_text(name)}</td><td class="n">{metric.value:.3f}</td>'
        f'<td class="n">{metric.low:.3f} – {metric.high:.3f}</td>'
        f'<td class="n">{metric.of:,}</td><td>{html_text(MEANINGS[name])}</td></tr>'
        for name, metric in evaluation.figures.items()
    ]
    head = (
        '<tr><th>metric</th><th class="n">value</th><th class="n">95% interval</th>'
        '<th class="n">questions</th><th>meaning</th></tr>'
    )
    return f'<div class="wide"><table>{head}{"".join(rows)}</table></div>'


def _differences_table(comparison: ComparisonJson) -> str:
    rows = [
        f'<tr><td>{html_text(name)}</td><td class="n">{difference.other:.3f}</td>'
        f'<td class="n">{difference.value:+.3f}</td>'
        f'<td class="n">{difference.low:+.3f} – {difference.high:+.3f}</td></tr>'
        for name, difference in comparison.differences.items()
    ]
    head = (
        '<tr><th>metric</th><th class="n">other</th><th class="n">difference</th>'
        '<th class="n">95% interval</th></tr>'
    )
    return (
        f"<p>Over the {comparison.questions:,} questions that both evaluations asked. "
        "A positive difference means a higher value in this evaluation.</p>"
        f'<div class="wide"><table>{head}{"".join(rows)}</table></div>'
    )


def _charts(evaluation: EvaluationJson) -> Iterator[str]:
    if bins := reliability_bins(evaluation.results):
        yield _figure(
            charts.reliability_chart("Reliability", bins),
            "Reliability: on the dashed line the confidence equals the share of questions that "
            "the first 3 quotes answer. Bars are 95% intervals.",
        )
    if points := risk_coverage_curve(evaluation.results):
        yield _figure(
            _risk_coverage_chart(evaluation, points),
            "Risk and coverage, from the highest threshold to the lowest. "
            "The rings mark the present thresholds: questions answered, and those with the ones "
            "shown as not sure.",
        )
    lines = [
        charts.Line("expected text", "a", hit_curve(evaluation.results)),
        charts.Line("expected article", "b", hit_curve(evaluation.results, articles=True)),
    ]
    if lines := [line for line in lines if line.points]:
        x = charts.whole_number_axis("k", 1, QUOTES_PER_QUESTION)
        y = charts.share_axis("answerable questions")
        yield _figure(
            charts.line_chart("Hits", x, y, lines),
            "hit@k and article@k: expected words or evidence, or a quote from an expected "
            "article, are among the first k quotes.",
        )


def _risk_coverage_chart(evaluation: EvaluationJson, points: list[tuple[float, float]]) -> str:
    """The curve, with rings at the shares that are answered now, and that are not refused."""
    outcomes = [answer.outcome for answer in evaluation.results if answer.right is not None]
    answered = outcomes.count(Outcome.ANSWERED) / len(outcomes)
    shown = answered + outcomes.count(Outcome.UNSURE) / len(outcomes)
    marks = [
        min(points, key=lambda point: abs(point[0] - share)) for share in (answered, shown) if share
    ]
    return charts.line_chart(
        "Risk and coverage",
        charts.share_axis("questions answered"),
        charts.share_axis("answers that are wrong"),
        [charts.Line("wrong answers", "a", points)],
        marks,
    )


def _figure(chart: str, caption: str) -> str:
    return f"<figure>{chart}<figcaption>{html_text(caption)}</figcaption></figure>"
