package io.irpc.docs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a query of Prometheus asks for: so much of its language as dashboards need.
 *
 * @param text the query
 * @param selectors the metrics that it selects
 * @param grouping the labels that it groups by
 * @param isGrouped whether it groups, be it by nothing
 */
record PromQuery(String text, List<Selector> selectors, Set<String> grouping, boolean isGrouped) {

	private static final Pattern TOKEN = Pattern
		.compile("\"[^\"]*\"|\\[[^\\]]*]|[a-zA-Z_:][\\w:]*|\\d+(?:\\.\\d+)?|[=!<>]=|=~|!~|[-+*/%^(){},=<>]");

	private static final Set<String> AGGREGATIONS = Set.of("sum", "max", "min", "avg", "count", "topk");

	private static final Set<String> FUNCTIONS = Set.of("rate", "increase", "deriv", "histogram_quantile");

	private static final Set<String> OPERATORS = Set.of("and", "or", "unless");

	/**
	 * Understand a query.
	 * @param text the query
	 * @return what it asks for
	 * @throws IllegalArgumentException if it is not understood
	 */
	static PromQuery parse(String text) {
		return new Parser(text, tokens(text)).parse();
	}

	Set<String> metrics() {
		return this.selectors.stream().map(Selector::metric).collect(Collectors.toCollection(TreeSet::new));
	}

	private static List<String> tokens(String text) {
		List<String> tokens = new ArrayList<>();
		Matcher token = TOKEN.matcher(text);
		int end = 0;
		while (token.find()) {
			require(text.substring(end, token.start()).isBlank(), text, "near " + token.group());
			tokens.add(token.group());
			end = token.end();
		}
		require(text.substring(end).isBlank(), text, "at its end");
		return tokens;
	}

	private static void require(boolean valid, String text, String where) {
		if (!valid) {
			throw new IllegalArgumentException("Not understood " + where + ": " + text);
		}
	}

	/**
	 * A metric with conditions.
	 *
	 * @param metric the metric
	 * @param matchers the operator and the value, by label; the operator {@code =} is
	 * left out
	 */
	record Selector(String metric, Map<String, String> matchers) {

	}

	private static final class Parser {

		private final String text;

		private final List<String> tokens;

		private final List<Selector> selectors = new ArrayList<>();

		private final Set<String> grouping = new TreeSet<>();

		private boolean grouped;

		private int next;

		private int depth;

		Parser(String text, List<String> tokens) {
			this.text = text;
			this.tokens = tokens;
		}

		PromQuery parse() {
			while (this.next < this.tokens.size()) {
				token(this.tokens.get(this.next++));
			}
			require(this.depth == 0, this.text, "as a parenthesis is missing");
			return new PromQuery(this.text, this.selectors, this.grouping, this.grouped);
		}

		private void token(String token) {
			if (token.equals("(")) {
				this.depth++;
			}
			else if (token.equals(")")) {
				require(--this.depth >= 0, this.text, "as a parenthesis is too many");
			}
			else if (AGGREGATIONS.contains(token)) {
				this.grouped |= !token.equals("topk");
			}
			else if (token.equals("by")) {
				labels();
			}
			else if (Character.isLetter(token.charAt(0)) && !OPERATORS.contains(token)) {
				if (is("(")) {
					require(FUNCTIONS.contains(token), this.text, "near " + token);
				}
				else {
					this.selectors.add(new Selector(token, matchers()));
				}
			}
		}

		private void labels() {
			take("(");
			while (!is(")")) {
				this.grouping.add(take());
				if (is(",")) {
					take();
				}
			}
			take(")");
		}

		private Map<String, String> matchers() {
			Map<String, String> matchers = new LinkedHashMap<>();
			if (!is("{")) {
				return matchers;
			}
			take("{");
			while (!is("}")) {
				String label = take();
				String operator = take();
				String value = take();
				require(value.startsWith("\""), this.text, "near " + value);
				matchers.put(label, (operator.equals("=") ? "" : operator) + value.substring(1, value.length() - 1));
				if (is(",")) {
					take();
				}
			}
			take("}");
			return matchers;
		}

		private boolean is(String token) {
			return this.next < this.tokens.size() && this.tokens.get(this.next).equals(token);
		}

		private String take() {
			require(this.next < this.tokens.size(), this.text, "at its end");
			return this.tokens.get(this.next++);
		}

		private void take(String token) {
			require(is(token), this.text, "where " + token + " is expected");
			this.next++;
		}

	}

}
