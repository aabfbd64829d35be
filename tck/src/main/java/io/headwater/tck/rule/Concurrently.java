package io.headwater.tck.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Runs work on several threads at the same time. */
public final class Concurrently {
    private Concurrently() {}

    /**
     * Runs the work of each number from 0, all started at the same moment, and returns the results when all have ended.
     * Throws what the first failure threw.
     */
    public static <T> List<T> times(int count, IntFunction<Callable<T>> work) throws Exception {
        return all(IntStream.range(0, count).mapToObj(work).toList());
    }

    /**
     * Runs all of this work, started at the same moment, and returns the results when all have ended. Throws what the first
     * failure threw.
     */
    public static <T> List<T> all(List<Callable<T>> work) throws Exception {
        ExecutorService threads =
                Executors.newFixedThreadPool(work.size(), part -> Threads.likeCurrent("headwater-tck-worker", part));
        CyclicBarrier start = new CyclicBarrier(work.size());
        try {
            List<Future<T>> running = new ArrayList<>();
            for (Callable<T> part : work) {
                running.add(threads.submit(() -> {
                    start.await();
                    return part.call();
                }));
            }
            return results(running);
        } finally {
            threads.shutdownNow();
        }
    }

    private static <T> List<T> results(List<Future<T>> running) throws Exception {
        List<T> results = new ArrayList<>();
        for (Future<T> part : running) {
            try {
                results.add(part.get());
            } catch (ExecutionException e) {
                throw unwrapped(e);
            }
        }
        return results;
    }

    private static Exception unwrapped(ExecutionException e) {
        if (e.getCause() instanceof Error error) {
            throw error;
        }
        return e.getCause() instanceof Exception cause ? cause : e;
    }
}
