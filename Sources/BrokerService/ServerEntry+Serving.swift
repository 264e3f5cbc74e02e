import BrokerConfiguration
import BrokerServer
import BrokerServing
import BrokerTokens
import IdentityBroker

extension ServerEntry {
    /// The URL by which apps know the service; derived from its address if configuration gives none.
    var servedIssuer: String {
        get throws(BrokerError) {
            if let issuer { return issuer }
            guard listen.port != 0 else {
                throw .misconfigured("'listen' takes any free port, so it gives no issuer. Set 'issuer'.")
            }
            return "\(tls == nil ? "http" : "https")://\(listen.authority())"
        }
    }
}

extension ServingAddress {
    /// The configured address.
    init(_ server: ServerEntry) throws(BrokerError) {
        self.init(
            host: server.listen.host,
            port: server.listen.port,
            certificate: try server.tls.map { files throws(BrokerError) in
                try ServingCertificate(certificateFile: files.certificate, keyFile: files.key)
            }
        )
    }
}
