import IdentityBroker
package import Logging

/// Passes events on with unprintable characters escaped, so that an event is one line whatever text it contains.
package struct PrintableLogHandler: ForwardingLogHandler {
    package var base: any LogHandler

    package init(_ base: any LogHandler) {
        self.base = base
    }

    package var metadata: Logger.Metadata {
        get { base.metadata }
        set { base.metadata = newValue.printable }
    }

    package subscript(metadataKey key: String) -> Logger.MetadataValue? {
        get { base[metadataKey: key.printable] }
        set { base[metadataKey: key.printable] = newValue?.printable }
    }

    package func log(event: LogEvent) {
        var event = event
        event.message = "\(event.message.description.printable)"
        event.metadata = event.metadata?.printable
        base.log(event: event)
    }
}

extension Logger.Metadata {
    fileprivate var printable: Logger.Metadata {
        Logger.Metadata(map { ($0.key.printable, $0.value.printable) }) { first, _ in first }
    }
}

extension Logger.MetadataValue {
    fileprivate var printable: Logger.MetadataValue {
        switch self {
        case .string(let text): .string(text.printable)
        case .stringConvertible(let value): .string(value.description.printable)
        case .array(let values): .array(values.map(\.printable))
        case .dictionary(let members): .dictionary(members.printable)
        }
    }
}
