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
