package import HTTPTypes
package import IdentityBroker
package import Instrumentation

extension InstrumentationContext {
    /// The context of a request: what the process's instrument extracts from its fields, and its place in the trace
    /// that they name or, without one, in a new trace.
    ///
    /// The fields are read only if a trusted proxy passed the request on: otherwise strangers could add their requests
    /// to other people's traces, and have as many recorded as they like (W3C Trace Context, "Security Considerations").
    package static func incoming(
        _ fields: HTTPFields,
        cameThroughProxy: Bool,
        by instrument: any Instrument,
        _ random: RandomSource
    ) -> InstrumentationContext {
        var context = InstrumentationContext.topLevel
        guard cameThroughProxy else {
            context.traceContext = .make(random)
            return context
        }
        instrument.extract(fields, into: &context, using: HTTPFieldsExtractor())
        context.traceContext = TraceContext(fields)?.child(random) ?? .make(random)
        return context
    }
}

/// Lets an instrument read a request's fields.
private struct HTTPFieldsExtractor: Extractor {
    func extract(key: String, from carrier: HTTPFields) -> String? {
        HTTPField.Name(key).flatMap { carrier[$0] }
    }
}
