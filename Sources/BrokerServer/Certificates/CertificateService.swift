public import IdentityBroker
public import Logging
public import ServiceLifecycle
import UnixSignals

/// Switches to a renewed certificate once its files contain one, and at `SIGHUP`; warns of one that is about to expire.
public struct CertificateService: Service {
    private let keeper: CertificateKeeper

    /// Makes a service.
    ///
    /// - Parameters:
    ///   - certificate: The certificate in use.
    ///   - clock: The clock.
    ///   - logger: Gets a line when the certificate was renewed, when its files are unusable and then once an hour, and
    ///     once a day from two weeks before it expires.
    public init(_ certificate: ServingCertificate, clock: BrokerClock = .system, logger: Logger) {
        keeper = CertificateKeeper(certificate, clock: clock, logger: logger)
    }

    /// Runs until it is shut down.
    public func run() async {
        let requests = await UnixSignalsSequence(trapping: .sighup)
        await cancelWhenGracefulShutdown { [keeper] in
            await withDiscardingTaskGroup { group in
                group.addTask {
                    for await _ in requests { keeper.reload() }
                }
                group.addTask {
                    repeat { keeper.look() } while (try? await Task.sleep(for: .seconds(2))) != nil
                }
            }
        }
    }
}
