import Instrumentation
public import Logging

extension Logger.MetadataProvider {
    /// The `trace_id` and `span_id` of the request that the current task serves, so that its log lines can be found by
    /// trace.
    public static var traceContext: Logger.MetadataProvider {
        Logger.MetadataProvider {
            guard let trace = InstrumentationContext.current?.traceContext else { return [:] }
            return ["trace_id": "\(trace.traceID)", "span_id": "\(trace.parentID)"]
        }
    }
}
