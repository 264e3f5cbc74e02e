import NIOSSL

/// A version of TLS that the server can be limited to.
public enum TLSVersion: Int, Sendable, Comparable {
    /// TLS 1.0, which RFC 8996 forbids; here to prove that a client refuses it.
    case v1_0
    /// TLS 1.1, which RFC 8996 forbids; here to prove that a client refuses it.
    case v1_1
    /// TLS 1.2.
    case v1_2
    /// TLS 1.3.
    case v1_3

    /// Orders versions from old to new.
    public static func < (lhs: TLSVersion, rhs: TLSVersion) -> Bool {
        lhs.rawValue < rhs.rawValue
    }

    var nio: NIOSSL.TLSVersion {
        switch self {
        case .v1_0: .tlsv1
        case .v1_1: .tlsv11
        case .v1_2: .tlsv12
        case .v1_3: .tlsv13
        }
    }
}
