package io.headwater.project.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.tck.Profile;
import io.headwater.tck.RuleResult;
import io.headwater.tck.Status;
import io.headwater.tck.Tck;
import io.headwater.tck.TckSession;
import io.headwater.tck.junit.EventStoreTck;
import java.io.IOException;
import java.io.StringWriter;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles the project of the tutorial as it is at a place of the page, and runs its test. */
final class TutorialRun {
    private static final int STEPS = 6;

    /** How many run at the same time, as rules wait more than they work. */
    private static final int THREADS = 3;

    private TutorialRun() {}

    /** What Maven prints of the test of each step, by its number. */
    static Map<String, String> tests(Path folder) throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            Map<String, Future<String>> running = new TreeMap<>();
            for (int i = 1; i <= STEPS; i++) {
                String step = Integer.toString(i);
                running.put(step, threads.submit(() -> tests(step, folder)));
            }
            Map<String, String> tests = new TreeMap<>();
            for (Map.Entry<String, Future<String>> step : running.entrySet()) {
                tests.put(step.getKey(), step.getValue().get());
            }
            return tests;
        } finally {
            threads.shutdownNow();
        }
    }

    private static String tests(String step, Path folder) {
        try {
            Path project = Files.createTempDirectory(folder, "step" + step);
            Tutorial.follow("<!-- generated:tests " + step + " -->", project);
            return run(project);
        } catch (IOException | ReflectiveOperationException e) {
            throw new AssertionError("step " + step, e);
        }
    }

    /** A test for each rule, and the summary. What was not run fails, unless a reason was given. */
    private static String line(TckSession session) {
        List<RuleResult> results = session.groups().stream()
                .flatMap(group -> group.rules().stream())
                .map(session::run)
                .toList();
        long skipped =
                results.stream().filter(result -> isExcused(session, result)).count();
        long failed = results.stream()
                .filter(result -> result.status() == Status.FAIL || result.status() == Status.NOT_RUN)
                .count();
        return "Tests run: %s, Failures: %s, Errors: 0, Skipped: %s"
                .formatted(results.size() + 1, failed - skipped, skipped);
    }

    private static boolean isExcused(TckSession session, RuleResult result) {
        return result.status() == Status.NOT_RUN
                && session.excuse(result.rule()).isPresent()
                && session.fixtureProblem().isEmpty();
    }

    private static String run(Path project) throws IOException, ReflectiveOperationException {
        Path classes = project.resolve("target/classes");
        compile(project.resolve("src"), classes);
        URL[] path = {
            classes.toUri().toURL(),
            project.resolve("src/main/resources").toUri().toURL()
        };
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader loader = new URLClassLoader(path, before)) {
            thread.setContextClassLoader(loader);
            try (TckSession session =
                    tck(loader, project).profile(Profile.QUICK).open()) {
                return line(session);
            }
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static void compile(Path sources, Path classes) throws IOException {
        Files.createDirectories(classes);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> options = List.of(
                "-proc:none", "-Xlint:all", "-Werror", "--release", "17", "-cp", classPath, "-d", classes.toString());
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
                Stream<Path> found = Files.walk(sources)) {
            List<Path> java =
                    found.filter(file -> file.toString().endsWith(".java")).toList();
            boolean compiled = compiler.getTask(
                            messages, files, null, options, null, files.getJavaFileObjectsFromPaths(java))
                    .call();
            assertThat(compiled).as(messages.toString()).isTrue();
        }
    }

    /** As JUnit makes the test, and asks it what to check. */
    private static Tck tck(ClassLoader loader, Path project) throws ReflectiveOperationException {
        Class<?> type = loader.loadClass("com.example.filestore.FileStoreTckTest");
        Constructor<?> constructor = type.getDeclaredConstructor();
        constructor.setAccessible(true);
        EventStoreTck test = (EventStoreTck) constructor.newInstance();
        Field directory = type.getDeclaredField("directory");
        directory.setAccessible(true);
        directory.set(test, project);
        Method tck = type.getDeclaredMethod("tck");
        tck.setAccessible(true);
        return (Tck) tck.invoke(test);
    }
}
