package io.headwater.project.documentation;

import io.headwater.project.Project;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The links of a Markdown file, and what can be linked to in it. */
final class MarkdownFile {
    private static final Pattern CODE_BLOCK = Pattern.compile("(?ms)^ *```.*?^ *```$");
    private static final Pattern CODE = Pattern.compile("`[^`\n]*`");
    private static final Pattern LINK = Pattern.compile("\\]\\(\\s*<?([^)\\s>]+)>?[^)]*\\)");
    private static final Pattern REFERENCE = Pattern.compile("(?m)^\\[[^]]+]:\\s*(\\S+)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6}\\s+(.*?)\\s*#*$");
    private static final Pattern ANCHOR = Pattern.compile("<a (?:id|name)=\"([^\"]+)\"");

    private final String prose;

    private MarkdownFile(String prose) {
        this.prose = prose;
    }

    static MarkdownFile of(Path file) {
        return new MarkdownFile(CODE_BLOCK.matcher(Project.read(file)).replaceAll(""));
    }

    List<String> links() {
        String text = CODE.matcher(prose).replaceAll("");
        List<String> links = new ArrayList<>(groups(LINK, text));
        links.addAll(groups(REFERENCE, text));
        return links;
    }

    /** Explicit anchors, and those that code hosts make of headings: a repeated heading gets a number. */
    Set<String> anchors() {
        Set<String> anchors = new HashSet<>(groups(ANCHOR, prose));
        Map<String, Integer> seen = new HashMap<>();
        for (String heading : groups(HEADING, prose)) {
            String slug = slug(heading);
            int times = seen.merge(slug, 1, Integer::sum);
            anchors.add(times == 1 ? slug : slug + "-" + (times - 1));
        }
        return anchors;
    }

    private static String slug(String heading) {
        return heading.replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}\\p{M} _-]", "")
                .replace(' ', '-');
    }

    private static List<String> groups(Pattern pattern, String text) {
        List<String> found = new ArrayList<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }
}
