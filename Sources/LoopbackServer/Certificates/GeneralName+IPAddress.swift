import SwiftASN1
import X509

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

extension GeneralName {
    /// An `iPAddress` name: 4 or 16 octets in network byte order (RFC 5280 §4.2.1.6).
    init(ipAddress text: String) throws {
        let isIPv6 = text.contains(":")
        var octets = [UInt8](repeating: 0, count: isIPv6 ? 16 : 4)
        guard inet_pton(isIPv6 ? AF_INET6 : AF_INET, text, &octets) == 1 else { throw InvalidIPAddress(text: text) }
        self = .ipAddress(ASN1OctetString(contentBytes: octets[...]))
    }
}
