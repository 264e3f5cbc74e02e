import BrokerServer
import BrokerTokens
import Hummingbird
import NIOCore

/// What the app keeps for a request: its address, which the limits use, and its access token.
struct NotesContext: AccessTokenRequestContext, RemoteAddressRequestContext {
    var coreContext: CoreRequestContextStorage
    let remoteAddress: SocketAddress?
    var accessToken: AccessToken?

    init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        remoteAddress = source.channel.remoteAddress
    }
}
