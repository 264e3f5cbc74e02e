import BrokerServer
import BrokerTokens
import Hummingbird
import NIOCore

/// What the app keeps of a request: where it comes from, which the limits go by, and whose token it carries.
struct NotesContext: AccessTokenRequestContext, RemoteAddressRequestContext {
    var coreContext: CoreRequestContextStorage
    let remoteAddress: SocketAddress?
    var accessToken: AccessToken?

    init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        remoteAddress = source.channel.remoteAddress
    }
}
