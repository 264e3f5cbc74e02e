import StrictJSON

/// An upstream's record, built when it is read: few callers need it, and building it costs more than the rest of the
/// mapping.
struct DeferredRecord: Sendable {
    private let make: @Sendable () -> JSONValue

    init(_ make: @escaping @Sendable () -> JSONValue) {
        self.make = make
    }

    /// The record, built at each read.
    var value: JSONValue { make() }

    /// The same record, with secrets redacted at each read.
    func redacted(by redactor: Redactor) -> DeferredRecord {
        DeferredRecord { redactor.redactSecrets(value) }
    }
}
