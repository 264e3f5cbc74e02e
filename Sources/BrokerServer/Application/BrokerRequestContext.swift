public import Hummingbird
public import NIOCore

/// A request context that knows where its request comes from.
public struct BrokerRequestContext: RequestContext, RemoteAddressRequestContext {
    /// Hummingbird's own context.
    public var coreContext: CoreRequestContextStorage
    /// The peer of the connection.
    public let remoteAddress: SocketAddress?

    /// Makes a context for a request.
    public init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        remoteAddress = source.channel.remoteAddress
    }
}
