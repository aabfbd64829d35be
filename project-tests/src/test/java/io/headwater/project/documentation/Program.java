package io.headwater.project.documentation;

import io.headwater.project.Project;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program that the documentation shows: its text, and what it prints. */
final class Program {
    private static final Path SOURCES =
            Project.ROOT.resolve("project-tests/src/test/java/io/headwater/project/documentation");

    private Program() {}

    /** What came of running it. */
    record Run(int exitCode, String out, String err) {}

    /** The file of this name. */
    static String source(String name) {
        return withoutPackage(Project.read(SOURCES.resolve(name + ".java")));
    }

    /** The text of a source, without the package that it is in for the sake of the build. */
    static String withoutPackage(String source) {
        return source.replaceFirst("^package [^;]+;\n\n", "");
    }

    /** Lines between {@code // snippet: name} and {@code // end} in the file {@code Snippets.java}, without their indent. */
    static String snippet(String name) {
        String text = Project.read(SOURCES.resolve("Snippets.java"));
        int begin = text.indexOf("// snippet: " + name + "\n");
        int end = text.indexOf("// end", begin);
        if (begin < 0 || end < 0) {
            throw new AssertionError("Snippets.java has no region '// snippet: " + name + "' to '// end'");
        }
        String lines = text.substring(text.indexOf('\n', begin) + 1, text.lastIndexOf('\n', end) + 1);
        return lines.stripTrailing().stripIndent();
    }

    /** Runs a program of this package in a Java of its own, with this as the current folder. */
    static Run run(String name, Path folder) {
        return run(Program.class.getPackageName() + "." + name, List.of(), folder);
    }

    /** Runs the command {@code headwater}. */
    static Run headwater(List<String> arguments, Path folder) {
        return run("io.headwater.cli.HeadwaterCommand", arguments, folder);
    }

    private static Run run(String type, List<String> arguments, Path folder) {
        try {
            Path out = Files.createTempFile(folder, "out", ".txt");
            Path err = Files.createTempFile(folder, "err", ".txt");
            Process process = new ProcessBuilder(commandLine(type, arguments))
                    .directory(folder.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(type + " still runs after 60 s");
            }
            return new Run(process.exitValue(), text(out), text(err));
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> commandLine(String type, List<String> arguments) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> words = new ArrayList<>(List.of(java, "-cp", classPath, type));
        words.addAll(arguments);
        return words;
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8).replace("\r\n", "\n");
    }
}
