import Hummingbird
import Logging
import NIOCore

/// A request context whose peer a test names.
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
