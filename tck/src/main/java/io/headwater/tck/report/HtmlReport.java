package io.headwater.tck.report;

import io.headwater.tck.GroupResult;
import io.headwater.tck.RuleResult;
import io.headwater.tck.Status;
import io.headwater.tck.TckReport;
import io.headwater.tck.rule.Rule;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** A report for a browser. Everything is there without its script, which only filters. */
final class HtmlReport {
    private final TckReport report;
    private final Html html = new Html();

    private HtmlReport(TckReport report) {
        this.report = report;
    }

    static String of(TckReport report) {
        return new HtmlReport(report).page();
    }

    private String page() {
        String script = Html.resource("report.js");
        html.raw("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
                .raw("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none';")
                .raw(" style-src 'unsafe-inline'; script-src 'sha256-" + sha256(script) + "'\">\n")
                .element("title", "Conformance of " + report.store().backend())
                .raw("\n<style>\n" + Html.resource("report.css") + "</style>\n</head>\n<body>\n");
        header();
        filter();
        html.raw("<main>\n");
        report.groups().forEach(this::group);
        html.raw("<p id=\"none\" hidden>No rule matches the filter.</p>\n</main>\n");
        return html.raw("<script>" + script + "</script>\n</body>\n</html>\n").toString();
    }

    /** Only our own script may run, so that a name that slipped through as markup could do nothing. */
    private static String sha256(String script) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return Base64.getEncoder().encodeToString(digest.digest(script.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private void header() {
        html.raw("<header>\n").element("h1", "Conformance of " + report.store().backend());
        report.store()
                .configuration()
                .ifPresent(url -> html.raw("<p>").element("code", url).raw("</p>\n"));
        html.element("p class=\"verdict " + verdictClass() + "\"", Facts.verdict(report))
                .raw("\n<p class=\"counts\">");
        for (Status status : Status.values()) {
            int count = report.with(status).size();
            if (count > 0 || status == Status.FAIL) {
                badge(status, count + " " + status.words());
            }
        }
        html.raw("</p>\n");
        report.fixtureProblem()
                .ifPresent(problem -> html.element("p", "The set-up is wrong, so no rule was run:")
                        .element("pre", problem));
        notTried();
        notAsDeclared();
        broken();
        html.raw("<div class=\"facts\">\n");
        facts("Run", Facts.ofRun(report));
        facts("Declared by the store", Facts.ofStore(report));
        html.raw("</div>\n</header>\n");
    }

    private void badge(Status status, String text) {
        html.element("span class=\"badge " + status + "\"", text).raw(" ");
    }

    private void notTried() {
        Map<String, String> found = Facts.notTried(report);
        if (!found.isEmpty()) {
            facts("Not tried", found);
        }
    }

    private void notAsDeclared() {
        Map<String, String> found = Facts.notAsDeclared(report);
        if (!found.isEmpty()) {
            html.raw("<div class=\"false\">\n");
            facts("Not as declared", found);
            html.raw("</div>\n");
        }
    }

    /** The way to what a reader looks for first. */
    private void broken() {
        List<RuleResult> broken =
                report.results().stream().filter(RuleResult::isBroken).toList();
        if (broken.isEmpty()) {
            return;
        }
        html.raw("<ul class=\"broken\">\n");
        for (RuleResult result : broken) {
            html.raw("<li>");
            badge(result.status(), result.status().words());
            html.element("a href=\"#" + result.rule().id() + "\"", result.rule().id())
                    .text(" " + result.rule().sentence())
                    .raw("</li>\n");
        }
        html.raw("</ul>\n");
    }

    private String verdictClass() {
        return report.with(Status.FAIL).isEmpty() ? report.provesConformance() ? "PASS" : "NOT_RUN" : "FAIL";
    }

    private void facts(String title, Map<String, String> facts) {
        html.raw("<table>").element("caption", title);
        facts.forEach((name, value) ->
                html.raw("<tr>").element("th", name).element("td", value).raw("</tr>"));
        html.raw("</table>\n");
    }

    /** Hidden until the script is there that makes it work. */
    private void filter() {
        html.raw("<form id=\"filter\" hidden>\n<input type=\"search\" id=\"text\" placeholder=\"id or text\"")
                .raw(" aria-label=\"id or text\">\n<select id=\"status\" aria-label=\"status\">")
                .raw("<option value=\"\">every status</option>");
        for (Status status : Status.values()) {
            html.element("option value=\"" + status + "\"", status.words());
        }
        html.raw("</select>\n<select id=\"group\" aria-label=\"group\"><option value=\"\">every group</option>");
        report.groups()
                .forEach(group -> html.raw("<option value=\"")
                        .text(group.name())
                        .raw("\">")
                        .text(group.name())
                        .raw("</option>"));
        html.raw("</select>\n<output id=\"shown\"></output>\n</form>\n");
    }

    private void group(GroupResult group) {
        boolean open = group.results().stream().anyMatch(RuleResult::isBroken);
        html.raw("<details class=\"group\" data-group=\"")
                .text(group.name())
                .raw("\"" + (open ? " open" : "") + "><summary>")
                .element("h2", group.name())
                .raw(" ");
        for (Status status : Status.values()) {
            long count = group.results().stream()
                    .filter(result -> result.status() == status)
                    .count();
            if (count > 0) {
                badge(status, count + " " + status.words());
            }
        }
        html.raw("</summary>\n");
        group.results().forEach(this::result);
        html.raw("</details>\n");
    }

    private void result(RuleResult result) {
        Rule rule = result.rule();
        html.raw("<article data-status=\"" + result.status() + "\" id=\"")
                .text(rule.id())
                .raw("\"><p>");
        badge(result.status(), result.status().words());
        html.element("a href=\"#" + rule.id() + "\"", rule.id())
                .text(" " + rule.sentence() + " ")
                .element("small", about(result))
                .raw("</p>\n");
        if (!result.message().isEmpty()) {
            html.element("pre", result.message());
        }
        if (result.isBroken()) {
            html.element("p class=\"repeat\"", result.repetition());
            new Timeline(result.operations()).write(html);
        }
        html.raw("</article>\n");
    }

    private static String about(RuleResult result) {
        return "%s, %s, %s ms"
                .formatted(
                        result.rule().level(),
                        Facts.lower(result.rule().kind()),
                        result.took().toMillis());
    }
}
