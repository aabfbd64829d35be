package io.headwater.sqlite;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Another process with the class path of this one, which logs to where this one does. */
final class JavaProcess {
    private static final String LOGGING = "java.util.logging.config.file";

    private JavaProcess() {}

    /** Its errors are those of this process. */
    static ProcessBuilder of(Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path")));
        String logging = System.getProperty(LOGGING);
        if (logging != null) {
            command.add("-D%s=%s".formatted(LOGGING, logging));
        }
        command.add(main.getName());
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    }
}
