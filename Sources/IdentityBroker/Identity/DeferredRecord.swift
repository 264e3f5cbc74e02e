/// An upstream's record that is made when it is read: few callers ask for it, and making it costs more than the rest of
/// the mapping.
struct DeferredRecord: Sendable {
    private let make: @Sendable () -> AttributeValue

    init(_ make: @escaping @Sendable () -> AttributeValue) {
        self.make = make
    }

    /// The record, made anew.
    var value: AttributeValue { make() }

    /// The same record, with the secrets taken out of it whenever it is read.
    func redacted(by redactor: Redactor) -> DeferredRecord {
        DeferredRecord { redactor.redactSecrets(value) }
    }
}
