import IdentityBroker
import Testing

@Suite("A transport's failure")
struct TransportFailureTests {
    private func kind(of reason: TransportFailure.Reason) -> BrokerError.Kind {
        switch reason {
        case .invalidRequest, .insecureRefused, .addressRefused, .trustUnavailable: .misconfigured
        case .invalidProxy, .proxyAddressRefused, .proxyAuthenticationFailed, .proxyRefused: .misconfigured
        case .proxyNotResolved, .proxyConnectionFailed, .proxyTLSRefused, .proxyUnavailable, .proxyMisbehaved:
            .upstreamUnavailable
        case .nameNotResolved, .connectionFailed, .tlsRefused, .connectionLost: .upstreamUnavailable
        case .malformedResponse, .headersTooLarge, .bodyTooLarge: .upstreamMisbehaved
        case .timedOut: .timedOut
        case .cancelled: .cancelled
        case .shutDown, .outOfDescriptors, .originAtLimit: .unavailable
        case .internalFault: .internalError
        }
    }

    @Test(
        "decides the kind by what went wrong, and the credential's fate by what left",
        arguments: TransportFailure.Reason.allCases, [false, true]
    )
    func kindAndFate(_ reason: TransportFailure.Reason, mayHaveLeft: Bool) async throws {
        let bench = try Bench(transport: .failing(reason, mayHaveLeft: mayHaveLeft))
        let error = try await bench.refusal()
        #expect(error.kind == kind(of: reason))
        #expect(error.credential == (mayHaveLeft ? .unknown : .unused))
        #expect(error.provider == Bench.id)
        #expect(!error.message.isEmpty)
        #expect(bench.transport.sendings.count == 1)
        #expect(try await bench.isHeld() == mayHaveLeft)
    }

    @Test("leaves the credential reusable only if nothing left", arguments: [false, true])
    func again(mayHaveLeft: Bool) async throws {
        let attempts = Locked(0)
        let bench = try Bench(
            transport: ScriptedTransport { _ throws(TransportFailure) in
                let isFirst = attempts.withLock { attempts in
                    attempts += 1
                    return attempts == 1
                }
                guard isFirst else { return .ok }
                throw TransportFailure(.connectionFailed, mayHaveLeft: mayHaveLeft)
            }
        )
        #expect(try await bench.refusal().kind == .upstreamUnavailable)
        if mayHaveLeft {
            #expect(try await bench.refusal().kind == .credentialAlreadyUsed)
        } else {
            #expect(try await bench.login().subject == "person-1")
        }
    }

    @Test("names the proxy variable that was ignored")
    func ignoredProxy() async throws {
        let bench = try Bench(
            transport: ScriptedTransport { _ throws(TransportFailure) in
                throw TransportFailure(.connectionFailed, mayHaveLeft: false, ignoredProxyVariable: "HTTPS_PROXY")
            }
        )
        let error = try await bench.refusal()
        #expect(error.kind == .upstreamUnavailable)
        #expect(error.message.hasSuffix("HTTPS_PROXY is set and ignored; use network.proxy."))
    }

    @Test("spends the credential if its provider recovers and succeeds")
    func overcome() async throws {
        let bench = try Bench(transport: .failing(.connectionFailed, mayHaveLeft: false)) { credential, exchange in
            _ = try? await exchange.send(.redeeming(credential))
            return .person
        }
        _ = try await bench.login()
        #expect(try await bench.isHeld())
    }
}
