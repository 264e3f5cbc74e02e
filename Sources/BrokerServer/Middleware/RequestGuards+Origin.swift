import Hummingbird
import IdentityBroker
import NIOCore

extension RequestGuards {
    /// Where a request comes from, as reported by trusted proxies.
    func origin(of request: Request, in context: some RequestContext) -> RequestOrigin {
        let remote = (context as? any RemoteAddressRequestContext)?.remoteAddress
        let peer = remote?.ipAddress.flatMap { ClientAddress($0) } ?? ClientAddress.unknown
        return trust.origin(of: peer, overTLS: request.head.scheme == "https", request.headers)
    }
}
