package import Instrumentation

/// The key under which a task's context keeps its ``TraceContext``.
package enum TraceContextKey: InstrumentationContextKey {
    package typealias Value = TraceContext

    package static var nameOverride: String? { "trace-context" }
}

extension InstrumentationContext {
    /// The place of the request in its trace.
    package var traceContext: TraceContext? {
        get { self[TraceContextKey.self] }
        set { self[TraceContextKey.self] = newValue }
    }
}
