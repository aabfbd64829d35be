package io.headwater.cli.text;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the name that a user may have meant. */
public final class Suggestion {
    private static final int MAX_EDITS = 2;

    private Suggestion() {}

    /** The name with the smallest distance from this word, if the distance is small for the word's length. */
    public static Optional<String> forWord(String word, Collection<String> names) {
        int most = Math.min(MAX_EDITS, word.length() / 2);
        return names.stream()
                .filter(name -> Math.abs(name.length() - word.length()) <= most)
                .filter(name -> edits(word, name) <= most)
                .min(Comparator.comparingInt(name -> edits(word, name)));
    }

    /** Optimal string alignment distance: insertions, deletions, replacements and swaps of neighbours. */
    private static int edits(String from, String to) {
        int[][] cost = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                cost[i][j] = i == 0 || j == 0 ? i + j : cheapest(cost, from, to, i, j);
            }
        }
        return cost[from.length()][to.length()];
    }

    private static int cheapest(int[][] cost, String from, String to, int i, int j) {
        int replaced = cost[i - 1][j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        int best = Math.min(replaced, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
        boolean swapped =
                i > 1 && j > 1 && from.charAt(i - 1) == to.charAt(j - 2) && from.charAt(i - 2) == to.charAt(j - 1);
        return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
    }
}
