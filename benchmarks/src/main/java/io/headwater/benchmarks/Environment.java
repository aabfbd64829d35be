package io.headwater.benchmarks;

import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The environment of the measurements, without which a figure has no meaning. */
final class Environment {
    private Environment() {}

    static Map<String, String> describe(List<Storage> targets, Settings settings, Path folder) throws Exception {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("JDK", System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
        facts.put("heap", (Runtime.getRuntime().maxMemory() >> 20) + " MiB, " + collectors());
        facts.put("OS", property("os.name") + " " + property("os.version") + ", " + property("os.arch"));
        facts.put("cores", "" + Runtime.getRuntime().availableProcessors());
        facts.put("load average at the start", load());
        facts.put("fdatasync of 4 KiB at the start", FsyncProbe.measure(folder) + ", " + fileSystem(folder));
        facts.put("measurements", measurements(settings));
        for (Storage target : targets) {
            facts.put(target.name(), target.facts());
        }
        return facts;
    }

    private static String property(String name) {
        return System.getProperty(name, "unknown");
    }

    private static String collectors() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .map(GarbageCollectorMXBean::getName)
                .collect(Collectors.joining(" and "));
    }

    /** Of the last minute: more than about 0.3 means that another process was running. */
    private static String load() {
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        return load < 0 ? "unknown" : String.format(Locale.ROOT, "%.2f", load);
    }

    private static String fileSystem(Path folder) throws IOException {
        return Files.getFileStore(folder).type();
    }

    private static String measurements(Settings settings) {
        return String.format(
                Locale.ROOT,
                "%d rounds of %.1f s after %d to warm up; a log of %,d events; seed %d",
                settings.rounds(),
                settings.time().toMillis() / 1000.0,
                settings.warmUps(),
                settings.events(),
                Settings.SEED);
    }
}
