import BrokerTesting
import IdentityBroker

extension BrokerClock {
    /// A clock that stands still, for logins whose deadline is not what a test is about: on a busy machine, it could pass.
    static var stopped: BrokerClock {
        let clock = TestClock()
        return BrokerClock(clock, now: clock.wallClock)
    }
}
