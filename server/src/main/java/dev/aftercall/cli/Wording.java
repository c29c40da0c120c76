package dev.aftercall.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * A command in the words of the journal: its name, what it was given, quoted as for a shell. Where
 * it works and how it prints is left out. So is free text, which nobody could ever remove from
 * there again, and whatever sounds like a secret.
 */
final class Wording {
  /** PostgreSQL keeps no more than 2,704 bytes of an entry's target in its index. */
  static final int MOST = 800;

  private static final int LONGEST_WORD = 300;
  private static final Set<String> WHERE =
      Set.of("--data", "--config", "--tenant", "--sources", "--output");
  private static final Pattern SECRET = Pattern.compile("secret|passw|token|credential|-key");
  private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}_@%+=:,./*-]+");
  private static final Pattern UNSEEN = Pattern.compile("[\\p{C}\\u2028\\u2029]");

  private Wording() {}

  /**
   * The command, in as many pieces as it needs of {@link #MOST} characters; each begins with its
   * name.
   */
  static List<String> of(ParseResult command) {
    String name = command.commandSpec().qualifiedName();
    List<String> pieces = new ArrayList<>();
    StringBuilder piece = new StringBuilder(name);
    for (String word : words(command)) {
      if (piece.length() + 1 + word.length() > MOST) {
        pieces.add(piece.toString());
        piece = new StringBuilder(name).append(" …");
      }
      piece.append(' ').append(word);
    }
    pieces.add(piece.toString());
    return pieces;
  }

  private static List<String> words(ParseResult command) {
    List<String> words = new ArrayList<>();
    for (ArgSpec given : command.matchedArgs()) {
      if (given instanceof OptionSpec option) {
        option(option, words);
      } else {
        given.originalStringValues().forEach(value -> words.add(quoted(value)));
      }
    }
    return words;
  }

  private static void option(OptionSpec option, List<String> words) {
    String name = option.longestName();
    if (WHERE.contains(name)) {
      return;
    }
    if (option.arity().max() == 0) {
      words.add(name);
      return;
    }
    boolean silent =
        option.interactive() || SECRET.matcher(name).find() || option.paramLabel().equals("TEXT");
    for (String value : option.originalStringValues()) {
      words.add(name + ' ' + (silent ? "…" : quoted(value)));
    }
  }

  private static String quoted(String value) {
    String seen = UNSEEN.matcher(value).replaceAll("?");
    String word =
        seen.length() <= LONGEST_WORD
            ? seen
            : seen.substring(0, LONGEST_WORD - 40) + "… (" + seen.length() + " characters)";
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
