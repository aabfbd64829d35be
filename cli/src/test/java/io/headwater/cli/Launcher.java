package io.headwater.cli;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import org.sqlite.util.OSInfo;

/**
 * Runs scripts in which {@code headwater} is the launcher, with the classes of this build and the JDK that runs the
 * test.
 */
record Launcher(Path folder) {

    /** The result of a script; its standard error is a part of the output. */
    record Result(int exitCode, String output) {}

    /** Creates a checkout that is built already. Scripts run in the folder {@code work}. */
    static Launcher in(Path folder) throws IOException {
        Path root = Files.createDirectories(folder.resolve("checkout"));
        Path dist = root.resolve(Path.of("cli", "target", "dist"));
        Files.createDirectories(dist.resolve("lib"));
        Files.createDirectories(root.resolve(Path.of("cli", "src", "main")));
        Files.createFile(root.resolve("pom.xml"));
        Files.createFile(root.resolve(Path.of("cli", "pom.xml")));
        Files.copy(Path.of("..", "headwater"), root.resolve("headwater"));
        root.resolve("headwater").toFile().setExecutable(true);
        writeJar(dist.resolve(Path.of("lib", "headwater-cli.jar")));
        copyLibrary(Files.createDirectories(dist.resolve("native")));
        Files.createFile(dist.resolve("built"));
        Files.createDirectories(folder.resolve("work"));
        return new Launcher(folder);
    }

    private static void writeJar(Path jar) throws IOException {
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.put(Attributes.Name.MAIN_CLASS, HeadwaterCommand.class.getName());
        main.put(
                Attributes.Name.CLASS_PATH,
                Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                        .map(entry -> Path.of(entry).toUri().toString())
                        .collect(Collectors.joining(" ")));
        try (OutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            out.flush();
        }
    }

    /**
     * As the launcher does: otherwise the driver would unpack it, for which a small limit of file sizes leaves no room.
     */
    private static void copyLibrary(Path folder) throws IOException {
        String name = System.mapLibraryName("sqlitejdbc");
        String resource = "/org/sqlite/native/" + OSInfo.getNativeLibFolderPathForCurrentOS() + "/" + name;
        try (InputStream library = OSInfo.class.getResourceAsStream(resource)) {
            if (library != null) {
                Files.copy(library, folder.resolve(name));
            }
        }
    }

    /** The folder in which scripts run. */
    Path work() {
        return folder.resolve("work");
    }

    /** The store of a script that names none. */
    String url() {
        return "sqlite:" + work().resolve("events.db");
    }

    static boolean isThere(String shell) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(bin -> Files.isExecutable(Path.of(bin, shell)));
    }

    /** Runs a script for {@code sh}, with an empty standard input. */
    Result run(String script) throws IOException, InterruptedException {
        return run("sh", script);
    }

    Result run(String shell, String script) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(shell, "-c", script)
                .directory(work().toFile())
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("HEADWATER_"));
        builder.environment().put("JAVA_OPTS", "-XX:TieredStopAtLevel=1");
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("HEADWATER_URL", "sqlite:events.db");
        builder.environment().merge("PATH", folder.resolve("checkout").toString(), (path, bin) -> bin + ":" + path);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), output);
    }
}
