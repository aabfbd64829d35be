package io.headwater.spi.support;

import java.util.List;

/**
 * Where {@link SharedCheckpoints} keeps its changes: one journal for each subscription, to which several processes append. The
 * changes of a journal are numbered from 0 without gaps; these numbers are its revisions. All calls block; thread-safe.
 */
public interface ChangeJournal {
    /** The revision of a journal without changes. */
    long NONE = -1;

    /**
     * Changes that follow one another.
     *
     * @param first the revision of the first
     * @param changes as they were appended
     */
    record Changes(long first, List<byte[]> changes) {
        public Changes {
            changes = List.copyOf(changes);
        }
    }

    /**
     * The changes after a revision, as of now: all of them, and none that was not appended for good.
     *
     * @param name of the subscription
     * @param revision of the last change that the caller has; {@link #NONE} for none
     * @return those from {@code revision + 1} on, perhaps none; or all that the journal has, if it no longer holds that revision
     *     or was put back to before it
     */
    Changes after(String name, long revision);

    /**
     * Appends changes, all or nothing, if this is the journal's last revision.
     *
     * @param name of the subscription
     * @param changes one or more, of at most about 600 KiB together
     * @return false if the journal has another last revision; nothing was appended then
     * @throws io.headwater.AppendOutcomeUnknown if they may or may not have been appended
     */
    boolean append(String name, long revision, List<byte[]> changes);

    /**
     * Appends changes that stand for all before them, and then removes what is before them. A journal whose appends have a limit
     * MAY append them in several steps, each if the revision is still the expected one; it MUST remove nothing before all of
     * them are appended.
     *
     * @param name of the subscription
     * @param whole one or more, each of at most about 600 KiB
     * @return false if another process appended meanwhile; nothing was removed then
     */
    boolean compact(String name, long revision, List<byte[]> whole);

    /** The subscriptions that have a journal, in the order of code points. */
    List<String> names();
}
