package dev.aftercall.query;

/** One item of {@code $orderby}: {@link Property#CREATED}, {@code ENDED} or {@code ID}. */
public record Order(Property property, boolean descending) {}
