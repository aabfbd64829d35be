package io.headwater.spi.support;

import java.util.List;
import java.util.Set;

/**
 * Stores the changes of {@link SharedCheckpoints}: one journal for each subscription, to which several processes
 * append. The changes of a journal are numbered from 0 without gaps; these numbers are its revisions. All calls block,
 * and implementations must be thread-safe.
 */
public interface ChangeJournal {
    /** The revision of a journal without changes. */
    long NONE = -1;

    /**
     * Consecutive changes of a journal.
     *
     * @param first the revision of the first change
     * @param changes the changes, as they were appended
     */
    record Changes(long first, List<byte[]> changes) {
        public Changes {
            changes = List.copyOf(changes);
        }
    }

    /**
     * Returns all changes after a revision, as of now. It must not return a change that is not committed.
     *
     * @param name the name of the subscription
     * @param revision the revision of the last change that the caller has read; {@link #NONE} for none
     * @return the changes from {@code revision + 1} on, which may be none. If the journal no longer holds that
     *     revision, or was restored to a state before it, all changes of the journal
     */
    Changes after(String name, long revision);

    /**
     * Appends changes, atomically, if the last revision of the journal is the expected one.
     *
     * @param name the name of the subscription
     * @param changes one or more changes, of at most about 600 KiB together
     * @return false if the journal has another last revision, in which case nothing was appended
     * @throws io.headwater.AppendOutcomeUnknown if the changes may or may not have been appended
     */
    boolean append(String name, long revision, List<byte[]> changes);

    /**
     * Appends changes that replace all earlier ones, and then removes the earlier ones. A journal whose appends are
     * limited in size MAY append them in several steps, each only if the last revision is still the expected one. It
     * MUST remove nothing before all of them are appended.
     *
     * @param name the name of the subscription
     * @param whole one or more changes, each of at most about 600 KiB
     * @return false if another process appended in the meantime, in which case nothing was removed
     */
    boolean compact(String name, long revision, List<byte[]> whole);

    /** Returns the names of the subscriptions that have a journal, in the order of code points. */
    List<String> names();

    /**
     * All journals.
     *
     * @param names the names of the subscriptions, as {@link #names()} returns them
     * @param changed those whose journals may have changed since the mark that was given
     * @param mark the mark to give next time
     */
    record Journals(List<String> names, Set<String> changed, String mark) {
        public Journals {
            names = List.copyOf(names);
            changed = Set.copyOf(changed);
        }
    }

    /**
     * Returns all journals, and which of them may have changed since an earlier call, so that the others need not be read.
     * By default, all may have changed.
     *
     * @param mark the mark that the earlier call returned; empty for none, and then all may have changed
     */
    default Journals journals(String mark) {
        List<String> names = names();
        return new Journals(names, Set.copyOf(names), "");
    }
}
