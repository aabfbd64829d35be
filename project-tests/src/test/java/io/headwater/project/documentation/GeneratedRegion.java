package io.headwater.project.documentation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The parts of a Markdown file between {@code <!-- generated:what -->} and {@code <!-- end of generated:what -->}. */
final class GeneratedRegion {
    private static final Pattern REGION =
            Pattern.compile("(?s)<!-- generated:([^>]+?) -->\n(.*?)<!-- end of generated:([^>]+?) -->\n");

    private GeneratedRegion() {}

    /** What the regions of a text are made of. */
    static List<String> names(String markdown) {
        List<String> names = new ArrayList<>();
        Matcher regions = REGION.matcher(markdown);
        while (regions.find()) {
            names.add(regions.group(1));
        }
        return names;
    }

    /** The text with what each region must hold. */
    static String refreshed(String markdown, Function<String, String> content) {
        return refreshed(markdown, region -> true, content);
    }

    /** As above, for the regions whose names are chosen; the others stay. */
    static String refreshed(String markdown, Predicate<String> chosen, Function<String, String> content) {
        return REGION.matcher(markdown)
                .replaceAll(region -> Matcher.quoteReplacement(
                        chosen.test(region.group(1)) ? refreshed(region, content) : region.group()));
    }

    private static String refreshed(MatchResult region, Function<String, String> content) {
        String name = region.group(1);
        if (!name.equals(region.group(3))) {
            throw new AssertionError("region generated:" + name + " ends with end of generated:" + region.group(3)
                    + "; one end is missing");
        }
        return "<!-- generated:%s -->\n%s\n<!-- end of generated:%s -->\n"
                .formatted(name, content.apply(name).strip(), name);
    }
}
