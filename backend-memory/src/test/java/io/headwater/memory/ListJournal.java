package io.headwater.memory;

import io.headwater.CodePoints;
import io.headwater.spi.support.ChangeJournal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A journal in lists, whose appends hold a limited number of changes. What is appended can be made to fail. */
final class ListJournal implements ChangeJournal {
    private final Map<String, Entries> journals = new TreeMap<>(CodePoints::compare);
    private final int maxOfAppend;

    /** Run before each append of a compaction. */
    Runnable beforeStep = () -> {};

    /** Run before each read. */
    Runnable beforeRead = () -> {};

    ListJournal(int maxOfAppend) {
        this.maxOfAppend = maxOfAppend;
    }

    /** What a journal holds, from its first revision on. */
    private static final class Entries {
        private final List<byte[]> changes = new ArrayList<>();
        private long first;

        long last() {
            return first + changes.size() - 1;
        }

        Changes from(long revision) {
            return new Changes(revision, changes.subList((int) (revision - first), changes.size()));
        }
    }

    private Entries of(String name) {
        return journals.getOrDefault(name, new Entries());
    }

    @Override
    public synchronized Changes after(String name, long revision) {
        beforeRead.run();
        Entries entries = of(name);
        boolean held = revision + 1 >= entries.first && revision <= entries.last();
        return entries.from(held ? revision + 1 : entries.first);
    }

    @Override
    public synchronized boolean append(String name, long revision, List<byte[]> changes) {
        if (of(name).last() != revision) {
            return false;
        }
        journals.computeIfAbsent(name, absent -> new Entries()).changes.addAll(changes);
        return true;
    }

    @Override
    public boolean compact(String name, long revision, List<byte[]> whole) {
        for (int done = 0; done < whole.size(); done += maxOfAppend) {
            beforeStep.run();
            List<byte[]> step = whole.subList(done, Math.min(whole.size(), done + maxOfAppend));
            if (!append(name, revision + done, step)) {
                return false;
            }
        }
        beforeStep.run();
        removeTo(name, revision);
        return true;
    }

    private synchronized void removeTo(String name, long revision) {
        Entries entries = of(name);
        entries.changes.subList(0, (int) (revision + 1 - entries.first)).clear();
        entries.first = revision + 1;
    }

    @Override
    public synchronized List<String> names() {
        return List.copyOf(journals.keySet());
    }

    synchronized int size(String name) {
        return of(name).changes.size();
    }

    /** Puts a journal back to its first changes. */
    synchronized void putBack(String name, int count) {
        Entries entries = of(name);
        entries.changes.subList(count, entries.changes.size()).clear();
    }
}
