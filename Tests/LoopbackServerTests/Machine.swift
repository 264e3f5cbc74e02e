import Foundation

/// Capabilities of the machine that runs the tests.
enum Machine {
    /// Whether there is a `::1`; containers often have none.
    static var hasIPv6Loopback: Bool {
        #if os(Linux)
            let addresses = try? String(contentsOfFile: "/proc/net/if_inet6", encoding: .utf8)
            return addresses?.contains("00000000000000000000000000000001") ?? false
        #else
            return true
        #endif
    }
}
