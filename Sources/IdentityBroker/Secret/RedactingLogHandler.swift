package import Logging

/// A log handler that forwards to another. A conforming type implements only what it changes on the way.
package protocol ForwardingLogHandler: LogHandler {
    /// The handler that receives the events.
    var base: any LogHandler { get set }
}

extension ForwardingLogHandler {
    package var logLevel: Logger.Level {
        get { base.logLevel }
        set { base.logLevel = newValue }
    }

    package var metadata: Logger.Metadata {
        get { base.metadata }
        set { base.metadata = newValue }
    }

    package var metadataProvider: Logger.MetadataProvider? {
        get { base.metadataProvider }
        set { base.metadataProvider = newValue }
    }

    package subscript(metadataKey key: String) -> Logger.MetadataValue? {
        get { base[metadataKey: key] }
        set { base[metadataKey: key] = newValue }
    }
}

/// Forwards events with all secrets redacted. The only logger that a provider sees is built on it.
struct RedactingLogHandler: ForwardingLogHandler {
    var base: any LogHandler
    private let makeRedactor: @Sendable () -> Redactor

    init(_ base: any LogHandler, redactor makeRedactor: @escaping @Sendable () -> Redactor) {
        self.base = base
        self.makeRedactor = makeRedactor
    }

    var metadata: Logger.Metadata {
        get { base.metadata }
        set { base.metadata = makeRedactor().redact(newValue) }
    }

    subscript(metadataKey key: String) -> Logger.MetadataValue? {
        get { base[metadataKey: makeRedactor().redact(key)] }
        set {
            let redactor = makeRedactor()
            base[metadataKey: redactor.redact(key)] = newValue.map(redactor.redact)
        }
    }

    func log(event: LogEvent) {
        let redactor = makeRedactor()
        var event = event
        event.message = "\(redactor.redact(event.message.description))"
        event.metadata = event.metadata.map(redactor.redact)
        // An error's description is its author's choice, and could be an upstream's answer.
        event.error = nil
        base.log(event: event)
    }
}

extension Redactor {
    fileprivate func redact(_ metadata: Logger.Metadata) -> Logger.Metadata {
        Dictionary(metadata.map { (redact($0.key), redact($0.value)) }) { first, _ in first }
    }

    fileprivate func redact(_ value: Logger.MetadataValue) -> Logger.MetadataValue {
        switch value {
        case .string(let text): .string(redact(text))
        case .stringConvertible(let value): .string(redact(value.description))
        case .array(let values): .array(values.map(redact))
        case .dictionary(let members): .dictionary(redact(members))
        }
    }
}

extension Logger {
    /// The same logger, with secrets redacted. The redactor is requested for each event, since the set of secrets may
    /// have grown.
    func redacting(with makeRedactor: @escaping @Sendable () -> Redactor) -> Logger {
        var copy = self
        copy.handler = RedactingLogHandler(handler, redactor: makeRedactor)
        return copy
    }
}
