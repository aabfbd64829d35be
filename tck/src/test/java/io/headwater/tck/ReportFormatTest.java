package io.headwater.tck;

import static io.headwater.tck.rule.Rule.must;
import static io.headwater.tck.rule.Rule.should;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.Capability;
import io.headwater.ExpectedVersion;
import io.headwater.StreamId;
import io.headwater.tck.report.ReportFormat;
import io.headwater.tck.rule.Check;
import io.headwater.tck.rule.Need;
import io.headwater.tck.rule.Rule;
import io.headwater.tck.rule.RuleGroup;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("locales")
class ReportFormatTest {
    private static final String HOSTILE = "\"><script>alert('x')</script>\n```\n</pre>&amp;|\u202e\u001b[31m\ud800";
    private static final Pattern TAG = Pattern.compile("<(/?)([a-z0-9]+)[^>]*>");

    private static final Check BROKEN = rule -> {
        StreamId stream = StreamId.of("orders", "<script>alert('y')</script>");
        rule.store().append(stream, ExpectedVersion.any(), rule.event());
        rule.store().readStream(stream);
        throw new IllegalStateException(HOSTILE);
    };

    private static TckReport report(Rule... rules) {
        return Tck.of(() -> StubBackend.store(new StubBackend.Plain()))
                .catalogue(RuleGroup.of("append", rules))
                .without(Need.SECOND_INSTANCE, "one instance only")
                .seed(4711)
                .run();
    }

    private static TckReport everyStatus() {
        Rule waived = should("A1.3", "it is as usual", BROKEN);
        return Tck.of(() -> StubBackend.store(new StubBackend.Plain()))
                .catalogue(
                        RuleGroup.of("append", must("A1.1", "it holds", rule -> {}), must("A1.2", "it breaks", BROKEN)),
                        RuleGroup.of(
                                "other",
                                waived,
                                must("A1.4", "it does not apply", BROKEN).requires(Capability.SNAPSHOTS),
                                must("A1.5", "it is not run", BROKEN).needs(Need.SECOND_INSTANCE)))
                .without(Need.SECOND_INSTANCE, "one instance only")
                .waive("A1.3", "known")
                .seed(4711)
                .run();
    }

    @ParameterizedTest
    @EnumSource
    void every_rule_its_status_and_reason_the_seed_and_the_operations_are_there(ReportFormat format) {
        String text = format.text(everyStatus());
        assertThat(text)
                .contains(
                        "A1.2",
                        "A1.3",
                        "A1.4",
                        "A1.5",
                        "it breaks",
                        "4711",
                        "one instance only",
                        "known",
                        "SNAPSHOTS",
                        "readStream",
                        "IllegalStateException");
        assertThat(text.contains("it holds")).isEqualTo(format != ReportFormat.MARKDOWN);
    }

    @ParameterizedTest
    @EnumSource
    void what_a_store_or_a_check_says_cannot_act(ReportFormat format) {
        String text = format.text(everyStatus());
        assertThat(text).contains("alert(").doesNotContain("\u001b", "\ud800");
        assertThat(text.chars().filter(c -> c < ' ' && c != '\n' && c != '\t')).isEmpty();
    }

    @Test
    void a_page_has_only_our_own_markup_and_loads_nothing() {
        String page = ReportFormat.HTML.text(everyStatus());
        assertThat(Pattern.compile("<script").matcher(page).results().count()).isEqualTo(1);
        assertThat(page).doesNotContain("http://", "https://", "src=", "@import", "url(", "\u202e");
        assertThat(page)
                .contains("prefers-color-scheme: dark", "Content-Security-Policy", "&lt;script&gt;alert(&#39;x&#39;)");
    }

    @Test
    void every_element_of_a_page_is_closed_in_order() {
        String page = ReportFormat.HTML.text(everyStatus()).replaceAll("(?s)<(style|script)>.*?</\\1>", "");
        Deque<String> open = new ArrayDeque<>();
        Matcher tags = TAG.matcher(page);
        while (tags.find()) {
            if (tags.group(1).equals("/")) {
                assertThat(open.pop()).isEqualTo(tags.group(2));
            } else if (!tags.group(2).matches("meta|input")) {
                open.push(tags.group(2));
            }
        }
        assertThat(open).isEmpty();
    }

    @Test
    void a_page_draws_when_each_operation_was_under_way() {
        String page = ReportFormat.HTML.text(report(must("A1.2", "it breaks", BROKEN)));
        assertThat(Pattern.compile("class=\"bar\" style=\"left:\\d+\\.\\d\\d%;width:\\d+\\.\\d\\d%\"")
                        .matcher(page)
                        .results()
                        .count())
                .isEqualTo(3);
    }

    @Test
    void a_block_of_code_ends_where_it_should() {
        String page = ReportFormat.MARKDOWN.text(report(must("A1.2", "it breaks", BROKEN)));
        assertThat(page).contains("\n````text\n", "\n````\n");
    }

    @Test
    void the_verdict_comes_first() {
        assertThat(ReportFormat.MARKDOWN.text(everyStatus())).contains("**Not conformant: 1 rule is broken.**");
        assertThat(ReportFormat.MARKDOWN.text(report(must("A1.1", "it holds", rule -> {}))))
                .contains("**Conformant.**");
        assertThat(ReportFormat.HTML.text(
                        report(must("A1.1", "it holds", rule -> {}).needs(Need.SECOND_INSTANCE))))
                .contains("Nothing failed, and not every rule was tried");
    }

    @Test
    void a_report_without_a_store_can_be_written() {
        TckReport report = Tck.of(() -> {
                    throw new IllegalStateException("no server");
                })
                .catalogue(RuleGroup.of("append", must("A1.1", "it holds", rule -> {})))
                .run();
        for (ReportFormat format : ReportFormat.values()) {
            assertThat(format.text(report)).contains("no server", "a store that cannot be opened");
        }
    }
}
