package io.headwater.docs;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/** A table in Markdown. */
final class MarkdownTable {
    private final List<String> lines = new ArrayList<>();

    MarkdownTable(List<String> head) {
        row(head);
        lines.add("|" + String.join("|", Collections.nCopies(head.size(), "---")) + "|");
    }

    MarkdownTable row(List<String> cells) {
        lines.add(cells.stream().map(cell -> cell.replace("|", "\\|")).collect(Collectors.joining(" | ", "| ", " |")));
        return this;
    }

    @Override
    public String toString() {
        return String.join("\n", lines);
    }
}
