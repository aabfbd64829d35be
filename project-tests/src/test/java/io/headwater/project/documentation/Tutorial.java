package io.headwater.project.documentation;

import static java.util.stream.Collectors.joining;

import io.headwater.project.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The tutorial for authors of backends: what its blocks hold, and the project of who follows it. A block is a whole file as it
 * is in the example in the end, members of a class that go into a file that is there, or a file as it is for a while.
 */
final class Tutorial {
    static final Path EXAMPLE = Project.ROOT.resolve("examples/custom-backend");
    static final Path PAGE = Project.ROOT.resolve("docs/write-a-backend.md");
    private static final String SOURCES = "src/main/java/com/example/filestore/";
    private static final Pattern BLOCK = Pattern.compile(
            "(?s)<!-- (?<kind>file|generated:whole|generated:members) (?<about>[^>]+?) -->\n```\\w*\n(?<text>.*?)```\n");

    private Tutorial() {}

    /** The text of a file of the example. */
    static String whole(String file) {
        return Project.read(EXAMPLE.resolve(file)).strip();
    }

    /** The language of a file, for who shows it. */
    static String language(String file) {
        return file.endsWith(".java") ? "java" : file.endsWith(".xml") ? "xml" : "text";
    }

    /**
     * Some methods of a class of the example, after the imports that they bring along.
     *
     * @param about the class, the methods, and after {@code with} the imports
     */
    static String members(String about) {
        String[] parts = about.split(" with ", 2);
        List<String> words = List.of(parts[0].split(" "));
        String source = whole(SOURCES + words.get(0) + ".java");
        String methods = words.stream()
                .skip(1)
                .map(name -> method(source, "[^ /*@].*\\b" + name + "\\("))
                .map(String::stripIndent)
                .collect(joining("\n\n"));
        String imports = Stream.of(parts)
                .skip(1)
                .flatMap(names -> Arrays.stream(names.split(" ")))
                .map(name -> "import " + name + ";\n")
                .collect(joining());
        return imports.isEmpty() ? methods : imports + "\n" + methods;
    }

    private static String method(String source, String signature) {
        Matcher method = matcher(source, signature);
        if (!method.find()) {
            throw new AssertionError("no method like " + signature);
        }
        return method.group();
    }

    /** A method with what stands directly above it. */
    private static Matcher matcher(String source, String signature) {
        return Pattern.compile("(?m)(^    [/ @*].*\n)*^    " + signature + ".*\\{\n(.*\n)*?    }$")
                .matcher(source);
    }

    /** Writes the project of who has followed the page up to this place of it. */
    static void follow(String upTo, Path folder) throws IOException {
        String page = Project.read(PAGE);
        int end = page.indexOf(upTo);
        if (end < 0) {
            throw new AssertionError(PAGE + " has no '" + upTo + "'");
        }
        Matcher blocks = BLOCK.matcher(page).region(0, end);
        while (blocks.find()) {
            apply(
                    blocks.group("kind"),
                    blocks.group("about"),
                    blocks.group("text").strip(),
                    folder);
        }
    }

    private static void apply(String kind, String about, String text, Path folder) throws IOException {
        switch (kind) {
            case "file" -> write(folder.resolve(about), text);
            case "generated:whole" -> write(folder.resolve(about), whole(about));
            default -> {
                Path file = folder.resolve(SOURCES + about.split(" ")[0] + ".java");
                write(file, with(Project.read(file).strip(), members(about)));
            }
        }
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text + "\n");
    }

    /** A class with these members: in place of those with the same signature, else at its end; imports are sorted. */
    private static String with(String source, String members) {
        String changed = source;
        for (String part : members.split("\n\n(?=\\S)")) {
            if (part.startsWith("import ")) {
                changed = part.lines().reduce(changed, Tutorial::withImport);
            } else {
                changed = withMethod(changed, part);
            }
        }
        return changed;
    }

    private static String withImport(String source, String line) {
        String imports = Stream.concat(source.lines().filter(other -> other.startsWith("import ")), Stream.of(line))
                .sorted()
                .map(sorted -> sorted + "\n")
                .collect(joining());
        return source.replaceFirst("(?m)(^import .*\n)+", imports);
    }

    private static String withMethod(String source, String method) {
        String signature =
                method.lines().filter(line -> line.endsWith("{")).findFirst().orElseThrow();
        String indented = method.indent(4).stripTrailing();
        Matcher there = matcher(source, Pattern.quote(signature.substring(0, signature.length() - 1)));
        return there.find()
                ? source.substring(0, there.start()) + indented + source.substring(there.end())
                : source.substring(0, source.length() - 1) + "\n" + indented + "\n}";
    }
}
