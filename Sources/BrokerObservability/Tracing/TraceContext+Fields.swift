package import HTTPTypes
import IdentityBroker

extension TraceContext {
    /// Reads a request's fields. Returns nil if `traceparent` is absent, repeated or malformed; a malformed
    /// `tracestate` is ignored.
    package init?(_ fields: HTTPFields) {
        let parents = fields.values(of: "traceparent")
        guard parents.count == 1, let parent = TraceParent(parents[0]) else { return nil }
        let state = TraceState(fields.values(of: "tracestate"))
        self.init(traceID: parent.traceID, parentID: parent.parentID, isSampled: parent.isSampled, state: state?.text)
    }

    /// The value of `traceparent`, in version 00.
    package var traceparent: String {
        "00-\(traceID)-\(parentID)-\(isSampled ? "01" : "00")"
    }

    /// Writes both fields.
    package func write(to fields: inout HTTPFields) {
        fields.set("traceparent", to: traceparent)
        fields.set("tracestate", to: state)
    }
}

extension HTTPFields {
    fileprivate mutating func set(_ name: String, to value: String?) {
        if let name = HTTPField.Name(name) { self[name] = value }
    }
}
