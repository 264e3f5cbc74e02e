public import IdentityBroker
public import Logging
public import ServiceLifecycle
import UnixSignals

/// Serves with a renewed certificate as soon as its files hold one, and at `SIGHUP`; warns of one that is about to end.
public struct CertificateService: Service {
    private let keeper: CertificateKeeper

    /// Makes a service.
    ///
    /// - Parameters:
    ///   - certificate: What is served with.
    ///   - clock: The clock.
    ///   - logger: Gets a line when the certificate was renewed, when its files are no good and once an hour while they are
    ///     not, and once a day from two weeks before it ends.
    public init(_ certificate: ServingCertificate, clock: BrokerClock = .system, logger: Logger) {
        keeper = CertificateKeeper(certificate, clock: clock, logger: logger)
    }

    /// Does so until it is shut down.
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
