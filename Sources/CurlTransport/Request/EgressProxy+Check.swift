import HTTPTypes
import IdentityBroker

extension EgressProxy {
    /// Checks what can be checked without the network before a request goes through the proxy.
    ///
    /// The proxy resolves the upstream's name, and the policy cannot judge what it resolves to. It judges a host that is an
    /// address, and `localhost` with the names below it (RFC 6761 §6.3), which would be the proxy's own machine.
    ///
    /// - Throws: ``TransportFailure/Reason/invalidProxy`` if libcurl would read the proxy's URL differently,
    ///   ``TransportFailure/Reason/addressRefused``.
    func check(
        _ request: UpstreamRequest,
        under egress: EgressPolicy,
        checkedBy origins: OriginChecks
    ) throws(TransportFailure) {
        guard origins.agree(on: Origin(scheme: url.scheme, authority: url.authority)) else {
            throw TransportFailure(.invalidProxy, mayHaveLeft: false)
        }
        let upstream = UpstreamURL("https://\(request.head.authority ?? "")")
        guard let upstream else { throw TransportFailure(.invalidRequest, mayHaveLeft: false) }
        if let reason = egress.refusal(of: upstream, isProxied: true) {
            throw TransportFailure(reason, mayHaveLeft: false)
        }
    }
}
