package dev.aftercall.conformance;

import java.lang.reflect.Method;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.api.extension.TestWatcher;

/** One server and one report for all checks of a run; both end with it. */
final class ConformanceExtension implements ParameterResolver, InvocationInterceptor, TestWatcher {

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == ServerUnderTest.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    // The report first: what is stored last is closed first.
    Report report = report(context);
    ServerUnderTest server =
        store(context)
            .computeIfAbsent(
                ServerUnderTest.class, any -> ServerUnderTest.find(), ServerUnderTest.class);
    report.judges(server);
    return server;
  }

  @Override
  public void interceptTestMethod(
      Invocation<@Nullable Void> invocation,
      ReflectiveInvocationContext<Method> invoked,
      ExtensionContext context)
      throws Throwable {
    if (Mark.of(invoked.getExecutable()).kind() != Mark.Kind.TODO) {
      invocation.proceed();
      return;
    }
    try {
      invocation.proceed();
    } catch (Throwable expected) {
      return;
    }
    throw new AssertionError("The server does this now: mark the check @Verified or @Differs.");
  }

  @Override
  public void testSuccessful(ExtensionContext context) {
    add(context, Report.Result.PASSED, "");
  }

  @Override
  public void testFailed(ExtensionContext context, @Nullable Throwable cause) {
    add(context, Report.Result.FAILED, "");
  }

  @Override
  public void testAborted(ExtensionContext context, @Nullable Throwable cause) {
    add(context, Report.Result.NOT_TRIED, String.valueOf(cause == null ? "" : cause.getMessage()));
  }

  @Override
  public void testDisabled(ExtensionContext context, Optional<String> reason) {
    add(context, Report.Result.NOT_TRIED, reason.orElse(""));
  }

  /** Hands the report to what comes after all checks. */
  static final class Ran implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == Report.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return report(context);
    }
  }

  private static void add(ExtensionContext context, Report.Result result, String why) {
    Conformance group = context.getRequiredTestClass().getAnnotation(Conformance.class);
    report(context)
        .add(
            new Report.Line(
                group == null ? context.getRequiredTestClass().getSimpleName() : group.value(),
                context.getDisplayName(),
                Mark.of(context.getRequiredTestMethod()),
                result,
                why));
  }

  private static Report report(ExtensionContext context) {
    return store(context).computeIfAbsent(Report.class, any -> new Report(), Report.class);
  }

  private static Store store(ExtensionContext context) {
    return context.getRoot().getStore(Namespace.create(ConformanceExtension.class));
  }
}
