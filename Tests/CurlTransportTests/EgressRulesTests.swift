import CLibcurlShims
import Foundation
import IdentityBroker
import Testing

@testable import CurlTransport

/// The rules are implemented twice: in the core, in Swift, and in the callbacks, in C.
@Suite("The egress rules in C")
struct EgressRulesTests {
    private static let addresses = [
        "0.0.0.0", "0.255.255.255", "1.0.0.0", "1.1.1.1", "8.8.8.8", "9.255.255.255", "10.0.0.0", "10.20.0.1",
        "10.20.255.255", "10.21.0.0", "10.255.255.255", "11.0.0.0", "100.63.255.255", "100.64.0.0", "100.127.255.255",
        "100.128.0.0", "126.255.255.255", "127.0.0.1", "127.255.255.255", "128.0.0.0", "169.253.255.255",
        "169.254.169.254", "169.255.0.0", "172.15.255.255", "172.16.0.0", "172.31.255.255", "172.32.0.0", "192.0.0.8",
        "192.0.2.1", "192.88.99.1", "192.167.255.255", "192.168.1.1", "192.169.0.0", "198.17.255.255", "198.18.0.0",
        "198.19.255.255", "198.20.0.0", "198.51.100.7", "203.0.113.7", "203.0.114.0", "223.255.255.255", "224.0.0.1",
        "239.255.255.255", "240.0.0.1", "255.255.255.255", "::", "::1", "::2", "::127.0.0.1", "::ffff:127.0.0.1",
        "::ffff:8.8.8.8", "::ffff:10.20.0.1", "::ffff:0:10.0.0.1", "64:ff9b::8.8.8.8", "64:ff9b:1::1", "100::1",
        "2001::1", "2001:1ff:ffff::", "2001:200::", "2001:db8::1", "2001:4860:4860::8888", "2002:7f00:1::", "3fff::1",
        "3fff:fff::1", "3fff:1000::1", "5f00::1", "fbff::1", "fc00::1", "fd00::1", "fdff::1", "fe00::1", "fe80::1",
        "febf::1", "fec0::1", "ff02::1",
    ]

    private static let policies = [
        [], ["10.20.0.0/16"], ["127.0.0.1", "::1"], ["fd00::/8", "2001:db8::/33"], ["0.0.0.0/0"], ["::/0"],
        ["169.254.169.254/31", "3fff::/21", "fe80::/10"],
    ]

    @Test("permit the addresses that the core permits", arguments: policies)
    func agreement(allowed: [String]) throws {
        let egress = EgressPolicy(allowedNetworks: try allowed.map { try #require(IPNetwork($0)) })
        let rules = EgressRules(egress)
        for text in Self.addresses {
            let address = try #require(IPAddress(text))
            #expect(curlshim_egress_permits_text(rules.policy, text) == egress.permits(address), "\(text)")
            #expect(rules.permit(address) == egress.permits(address), "\(text)")
        }
    }

    @Test(
        "permit nothing that is not an address",
        arguments: ["", "localhost", "127.0.0.1%lo", "[::1]", "8.8.8", "/run/s"])
    func noAddress(text: String) {
        #expect(!curlshim_egress_permits_text(EgressRules(EgressPolicy()).policy, text))
    }

    @Test("permit no UNIX socket, and nothing without rules")
    func closed() {
        var unix = sockaddr(sa_family: sa_family_t(AF_UNIX), sa_data: sockaddr().sa_data)
        #expect(!curlshim_egress_permits(EgressRules(EgressPolicy()).policy, &unix))
        #expect(!curlshim_egress_permits_text(curlshim_egress_policy(), "8.8.8.8"))
    }
}

extension EgressRules {
    /// The open-socket callback's decision on an address.
    fileprivate func permit(_ address: IPAddress) -> Bool {
        switch address {
        case .v4(let bits):
            var four = sockaddr_in()
            four.sin_family = sa_family_t(AF_INET)
            four.sin_addr.s_addr = bits.bigEndian
            return permit(&four)
        case .v6(let bits):
            var six = sockaddr_in6()
            six.sin6_family = sa_family_t(AF_INET6)
            withUnsafeMutableBytes(of: &six.sin6_addr) { $0.storeBytes(of: bits.bigEndian, as: UInt128.self) }
            return permit(&six)
        }
    }

    private func permit<Address>(_ address: inout Address) -> Bool {
        withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { curlshim_egress_permits(policy, $0) }
        }
    }
}
