import IdentityBroker
import Logging

/// Passes events on with what is not printable escaped: an event is one line, whatever others wrote into it.
struct PrintableLogHandler: ForwardingLogHandler {
    var base: any LogHandler

    init(_ base: any LogHandler) {
        self.base = base
    }

    var metadata: Logger.Metadata {
        get { base.metadata }
        set { base.metadata = newValue.printable }
    }

    subscript(metadataKey key: String) -> Logger.MetadataValue? {
        get { base[metadataKey: key.printable] }
        set { base[metadataKey: key.printable] = newValue?.printable }
    }

    func log(event: LogEvent) {
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
