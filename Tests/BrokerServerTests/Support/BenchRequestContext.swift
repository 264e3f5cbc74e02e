import Hummingbird
import Logging
import NIOCore

/// A request context with a peer that a test chooses.
struct BenchRequestContext: RequestContext, RemoteAddressRequestContext {
    struct Source: RequestContextSource {
        let logger: Logger
        let remoteAddress: SocketAddress?
    }

    var coreContext: CoreRequestContextStorage
    let remoteAddress: SocketAddress?

    init(source: Source) {
        coreContext = CoreRequestContextStorage(source: source)
        remoteAddress = source.remoteAddress
    }
}
