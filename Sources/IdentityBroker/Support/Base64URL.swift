#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The base64url alphabet without padding (RFC 4648 §5; RFC 7636 Appendix A).
package func base64URL(_ bytes: some Sequence<UInt8>) -> String {
    var text = Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
    while text.last == "=" { text.removeLast() }
    return text
}
