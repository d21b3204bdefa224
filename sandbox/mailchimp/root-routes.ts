import { OPENED_S } from './account.ts';
import { type ApiRoute, selected } from './api-route.ts';
import { wireTime } from './member.ts';

/** `/` and `/ping`. */
export const rootRoutes: readonly ApiRoute[] = [
  {
    method: 'GET',
    path: '/ping',
    operation: 'ping',
    handle: () => ({ health_status: "Everything's Chimpy!" }),
  },
  {
    method: 'GET',
    path: '/',
    operation: 'root',
    handle(call) {
      let subscribers = 0;
      for (const audience of call.account.audiences.values()) {
        for (const member of audience.members.all()) if (member.status === 'subscribed') subscribers += 1;
      }
      return selected(call, {
        account_id: '5f6e3ecf127508cdb5e31e90b',
        login_id: '131656250',
        account_name: 'Stackbridge Sandbox',
        email: 'owner@sandbox.test',
        first_name: 'Sandbox',
        last_name: 'Owner',
        username: 'sandbox',
        avatar_url: '',
        role: 'owner',
        member_since: wireTime(OPENED_S),
        pricing_plan_type: 'monthly',
        first_payment: wireTime(OPENED_S),
        account_timezone: 'Etc/UTC',
        account_industry: 'Software and Web App',
        contact: {
          company: 'Stackbridge Sandbox',
          addr1: '1 Loopback Lane',
          addr2: '',
          city: 'Atlanta',
          state: 'GA',
          zip: '30308',
          country: 'US',
        },
        pro_enabled: false,
        last_login: wireTime(OPENED_S),
        total_subscribers: subscribers,
        industry_stats: { open_rate: 0.22, bounce_rate: 0.008, click_rate: 0.025 },
        _links: [],
      });
    },
  },
];
