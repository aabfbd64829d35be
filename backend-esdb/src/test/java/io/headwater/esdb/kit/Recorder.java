package io.headwater.esdb.kit;

import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;

/** Runs scenarios against a server and writes down what it answered. */
final class Recorder {
    private static final String LETTERS = "bcdfghjkmnpqrstvwxz23456789";
    private static final Random RANDOM = new Random();

    private Recorder() {}

    /** The transcript of a scenario whose names begin with the prefix. */
    static String record(Recorded server, Catalog.Scenario scenario, String prefix) {
        S s = new S(scenario.id(), prefix, server);
        try {
            String outcome = run(s, scenario);
            return Json.pretty(s.render(scenario.meaning(), outcome), 2);
        } finally {
            s.channel.shutdownNow();
        }
    }

    /** Eleven characters that no other run of a scenario has, and no dash. */
    static String prefix() {
        StringBuilder b = new StringBuilder("q");
        while (b.length() < 11) b.append(LETTERS.charAt(RANDOM.nextInt(LETTERS.length())));
        return b.toString();
    }

    private static String run(S s, Catalog.Scenario scenario) {
        AtomicReference<String> outcome = new AtomicReference<>();
        Thread thread = new Thread(() -> outcome.set(outcome(s, scenario)), scenario.id());
        thread.setDaemon(true);
        thread.start();
        try {
            thread.join(S.PATIENCE * scenario.seconds() * 1_000L);
            s.end();
            thread.interrupt();
            thread.join(500);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        String told = outcome.get();
        return told == null ? "deadline of " + scenario.seconds() + " s passed" : told;
    }

    private static String outcome(S s, Catalog.Scenario scenario) {
        try {
            scenario.body().run(s);
            return "ran";
        } catch (InterruptedException e) {
            return "interrupted";
        } catch (Exception | AssertionError e) {
            return "stopped: " + e.getClass().getSimpleName() + ": " + e.getMessage();
        }
    }
}
