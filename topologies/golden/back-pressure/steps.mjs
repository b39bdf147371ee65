import { Connector } from '@sluice/sdk';

class Ask extends Connector {
  name = 'ask';
  async process(_message, { http }) {
    return (await http.send({ url: 'https://weather.example.com/today' })).json();
  }
}

export const workers = () => ({ shop: { steps: [new Ask()] } });

export const remote = () => [
  {
    match: 'GET https://weather.example.com/today',
    answer: [
      { status: 429, headers: { 'retry-after': '30' } },
      { status: 429, headers: { 'retry-after': 'Thu, 01 Jan 2026 06:00:00 GMT' } },
      { json: { weather: 'snow' } },
    ],
  },
];
