package io.headwater.project.documentation;

import io.headwater.cli.conformance.RuleTable;
import io.headwater.tck.catalogue.Catalogue;

/** All rules of the TCK, as {@code headwater tck rules --markdown} prints them, and how to read them. */
final class RulesPage {
    private RulesPage() {}

    /** As a page in Markdown, for the folder {@code docs}. */
    static String page() {
        return """
                # Rules of the TCK

                Every check of the [TCK](tck.md), by group, in the order in which they are run. [Levels, kinds and
                conditions](tck.md#the-rules) explains the columns.

                %s
                """.formatted(RuleTable.markdown(Catalogue.groups()).strip());
    }
}
