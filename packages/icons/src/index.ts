// Written by `npm run icons` from the Tabler set (MIT licence): to use another icon, import it and run that.

import { filled, type Icon, outlined } from './drawing/icon.tsx';

export type { Icon, IconProps } from './drawing/icon.tsx';

export const IconActivity: Icon = /* @__PURE__ */ outlined('M3 12h4l3 8l4-16l3 8h4');
export const IconAlertTriangle: Icon = /* @__PURE__ */ outlined(
  'M12 9v4m-1.637-9.409L2.257 17.125a1.914 1.914 0 0 0 1.636 2.871h16.214a1.914 1.914 0 0 0 1.636-2.87L13.637 3.59a1.914 1.914 0 0 0-3.274 0M12 16h.01',
);
export const IconApps: Icon = /* @__PURE__ */ outlined(
  'M4 5a1 1 0 0 1 1-1h4a1 1 0 0 1 1 1v4a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1zm0 10a1 1 0 0 1 1-1h4a1 1 0 0 1 1 1v4a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1zm10 0a1 1 0 0 1 1-1h4a1 1 0 0 1 1 1v4a1 1 0 0 1-1 1h-4a1 1 0 0 1-1-1zm0-8h6m-3-3v6',
);
export const IconArrowBackUp: Icon = /* @__PURE__ */ outlined('m9 14l-4-4l4-4', 'M5 10h11a4 4 0 1 1 0 8h-1');
export const IconArrowForwardUp: Icon = /* @__PURE__ */ outlined('m15 14l4-4l-4-4', 'M19 10H8a4 4 0 1 0 0 8h1');
export const IconArrowRight: Icon = /* @__PURE__ */ outlined('M5 12h14m-6 6l6-6m-6-6l6 6');
export const IconArrowUp: Icon = /* @__PURE__ */ outlined('M12 5v14m6-8l-6-6m-6 6l6-6');
export const IconArrowsDiff: Icon = /* @__PURE__ */ outlined('M11 16h10m-10 0l4 4m-4-4l4-4m-2-4H3m10 0l-4 4m4-4L9 4');
export const IconArrowsSplit2: Icon = /* @__PURE__ */ outlined(
  'M21 17h-5.397a5 5 0 0 1-4.096-2.133l-.514-.734A5 5 0 0 0 6.897 12H3m18-5h-5.395a5 5 0 0 0-4.098 2.135l-.51.73A5 5 0 0 1 6.9 12H3',
  'm18 10l3-3l-3-3m0 16l3-3l-3-3',
);
export const IconBell: Icon = /* @__PURE__ */ outlined(
  'M10 5a2 2 0 1 1 4 0a7 7 0 0 1 4 6v3a4 4 0 0 0 2 3H4a4 4 0 0 0 2-3v-3a7 7 0 0 1 4-6M9 17v1a3 3 0 0 0 6 0v-1',
);
export const IconBinaryTree: Icon = /* @__PURE__ */ outlined(
  'M6 20a2 2 0 1 0-4 0a2 2 0 0 0 4 0M16 4a2 2 0 1 0-4 0a2 2 0 0 0 4 0m0 16a2 2 0 1 0-4 0a2 2 0 0 0 4 0m-5-8a2 2 0 1 0-4 0a2 2 0 0 0 4 0m10 0a2 2 0 1 0-4 0a2 2 0 0 0 4 0M5.058 18.306l2.88-4.606m2.123-3.397l2.877-4.604m-2.873 8.006l2.876 4.6M15.063 5.7l2.881 4.61',
);
export const IconBook2: Icon = /* @__PURE__ */ outlined(
  'M19 4v16H7a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2z',
  'M19 16H7a2 2 0 0 0-2 2M9 8h6',
);
export const IconBrush: Icon = /* @__PURE__ */ outlined(
  'M3 21v-4a4 4 0 1 1 4 4z',
  'M21 3A16 16 0 0 0 8.2 13.2M21 3a16 16 0 0 1-10.2 12.8',
  'M10.6 9a9 9 0 0 1 4.4 4.4',
);
export const IconCalendarTime: Icon = /* @__PURE__ */ outlined(
  'M11.795 21H5a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2h12a2 2 0 0 1 2 2v4',
  'M14 18a4 4 0 1 0 8 0a4 4 0 1 0-8 0m1-15v4M7 3v4m-4 4h16',
  'M18 16.496V18l1 1',
);
export const IconCertificate: Icon = /* @__PURE__ */ outlined(
  'M12 15a3 3 0 1 0 6 0a3 3 0 1 0-6 0',
  'M13 17.5V22l2-1.5l2 1.5v-4.5',
  'M10 19H5a2 2 0 0 1-2-2V7c0-1.1.9-2 2-2h14a2 2 0 0 1 2 2v10a2 2 0 0 1-1 1.73M6 9h12M6 12h3m-3 3h2',
);
export const IconCheck: Icon = /* @__PURE__ */ outlined('m5 12l5 5L20 7');
export const IconChevronDown: Icon = /* @__PURE__ */ outlined('m6 9l6 6l6-6');
export const IconChevronRight: Icon = /* @__PURE__ */ outlined('m9 6l6 6l-6 6');
export const IconCircleCheck: Icon = /* @__PURE__ */ outlined('M3 12a9 9 0 1 0 18 0a9 9 0 1 0-18 0', 'm9 12l2 2l4-4');
export const IconCode: Icon = /* @__PURE__ */ outlined('m7 8l-4 4l4 4m10-8l4 4l-4 4M14 4l-4 16');
export const IconCopy: Icon = /* @__PURE__ */ outlined(
  'M7 9.667A2.667 2.667 0 0 1 9.667 7h8.666A2.667 2.667 0 0 1 21 9.667v8.666A2.667 2.667 0 0 1 18.333 21H9.667A2.667 2.667 0 0 1 7 18.333z',
  'M4.012 16.737A2 2 0 0 1 3 15V5c0-1.1.9-2 2-2h10c.75 0 1.158.385 1.5 1',
);
export const IconDeviceFloppy: Icon = /* @__PURE__ */ outlined(
  'M6 4h10l4 4v10a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2',
  'M10 14a2 2 0 1 0 4 0a2 2 0 1 0-4 0m4-10v4H8V4',
);
export const IconDownload: Icon = /* @__PURE__ */ outlined(
  'M4 17v2a2 2 0 0 0 2 2h12a2 2 0 0 0 2-2v-2M7 11l5 5l5-5m-5-7v12',
);
export const IconDroplet: Icon = /* @__PURE__ */ outlined(
  'M7.502 19.423c2.602 2.105 6.395 2.105 8.996 0s3.262-5.708 1.566-8.546l-4.89-7.26c-.42-.625-1.287-.803-1.936-.397a1.4 1.4 0 0 0-.41.397l-4.893 7.26C4.24 13.715 4.9 17.318 7.502 19.423',
);
export const IconExternalLink: Icon = /* @__PURE__ */ outlined(
  'M12 6H6a2 2 0 0 0-2 2v10a2 2 0 0 0 2 2h10a2 2 0 0 0 2-2v-6m-7 1l9-9m-5 0h5v5',
);
export const IconFileExport: Icon = /* @__PURE__ */ outlined(
  'M14 3v4a1 1 0 0 0 1 1h4',
  'M11.5 21H7a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2h7l5 5v5m-5 6h7m-3-3l3 3l-3 3',
);
export const IconFileImport: Icon = /* @__PURE__ */ outlined(
  'M14 3v4a1 1 0 0 0 1 1h4',
  'M5 13V5a2 2 0 0 1 2-2h7l5 5v11a2 2 0 0 1-2 2h-5.5M2 19h7m-3-3l3 3l-3 3',
);
export const IconFileText: Icon = /* @__PURE__ */ outlined(
  'M14 3v4a1 1 0 0 0 1 1h4',
  'M17 21H7a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2h7l5 5v11a2 2 0 0 1-2 2M9 9h1m-1 4h6m-6 4h6',
);
export const IconGauge: Icon = /* @__PURE__ */ outlined(
  'M3 12a9 9 0 1 0 18 0a9 9 0 1 0-18 0',
  'M11 12a1 1 0 1 0 2 0a1 1 0 1 0-2 0m2.41-1.41L16 8m-9 4a5 5 0 0 1 5-5',
);
export const IconHelp: Icon = /* @__PURE__ */ outlined(
  'M3 12a9 9 0 1 0 18 0a9 9 0 1 0-18 0m9 5v.01',
  'M12 13.5a1.5 1.5 0 0 1 1-1.5a2.6 2.6 0 1 0-3-4',
);
export const IconHistory: Icon = /* @__PURE__ */ outlined('M12 8v4l2 2', 'M3.05 11a9 9 0 1 1 .5 4m-.5 5v-5h5');
export const IconKey: Icon = /* @__PURE__ */ outlined(
  'm16.555 3.843l3.602 3.602a2.877 2.877 0 0 1 0 4.069l-2.643 2.643a2.877 2.877 0 0 1-4.069 0l-.301-.301l-6.558 6.558a2 2 0 0 1-1.239.578L5.172 21H4a1 1 0 0 1-.993-.883L3 20v-1.172a2 2 0 0 1 .467-1.284l.119-.13L4 17h2v-2h2v-2l2.144-2.144l-.301-.301a2.877 2.877 0 0 1 0-4.069l2.643-2.643a2.877 2.877 0 0 1 4.069 0M15 9h.01',
);
export const IconKeyboard: Icon = /* @__PURE__ */ outlined(
  'M2 8a2 2 0 0 1 2-2h16a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2H4a2 2 0 0 1-2-2zm4 2v.01m4-.01v.01m4-.01v.01m4-.01v.01M6 14v.01M18 14v.01M10 14l4 .01',
);
export const IconLassoPolygon: Icon = /* @__PURE__ */ outlined(
  'M4.028 13.252L3 10l2-7l7 5l8-3l1 9l-9 3l-5.144-1.255',
  'M3 15a2 2 0 1 0 4 0a2 2 0 1 0-4 0',
  'M5 17c0 1.42.316 2.805 1 4',
);
export const IconLayoutAlignCenter: Icon = /* @__PURE__ */ outlined(
  'M12 4v5m0 6v5m-6-9a2 2 0 0 1 2-2h8a2 2 0 0 1 2 2v2a2 2 0 0 1-2 2H8a2 2 0 0 1-2-2z',
);
export const IconLayoutAlignLeft: Icon = /* @__PURE__ */ outlined(
  'M4 4v16m4-9a2 2 0 0 1 2-2h8a2 2 0 0 1 2 2v2a2 2 0 0 1-2 2h-8a2 2 0 0 1-2-2z',
);
export const IconLayoutAlignMiddle: Icon = /* @__PURE__ */ outlined(
  'M4 12h5m6 0h5M9 8a2 2 0 0 1 2-2h2a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2h-2a2 2 0 0 1-2-2z',
);
export const IconLayoutAlignTop: Icon = /* @__PURE__ */ outlined(
  'M4 4h16M9 10a2 2 0 0 1 2-2h2a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2h-2a2 2 0 0 1-2-2z',
);
export const IconLayoutDistributeHorizontal: Icon = /* @__PURE__ */ outlined(
  'M4 4h16M4 20h16M6 11a2 2 0 0 1 2-2h8a2 2 0 0 1 2 2v2a2 2 0 0 1-2 2H8a2 2 0 0 1-2-2z',
);
export const IconLayoutDistributeVertical: Icon = /* @__PURE__ */ outlined(
  'M4 4v16M20 4v16M9 8a2 2 0 0 1 2-2h2a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2h-2a2 2 0 0 1-2-2z',
);
export const IconLink: Icon = /* @__PURE__ */ outlined(
  'm9 15l6-6m-4-3l.463-.536a5 5 0 0 1 7.071 7.072L18 13m-5 5l-.397.534a5.07 5.07 0 0 1-7.127 0a4.97 4.97 0 0 1 0-7.071L6 11',
);
export const IconLock: Icon = /* @__PURE__ */ outlined(
  'M5 13a2 2 0 0 1 2-2h10a2 2 0 0 1 2 2v6a2 2 0 0 1-2 2H7a2 2 0 0 1-2-2z',
  'M11 16a1 1 0 1 0 2 0a1 1 0 0 0-2 0m-3-5V7a4 4 0 1 1 8 0v4',
);
export const IconLogout: Icon = /* @__PURE__ */ outlined(
  'M14 8V6a2 2 0 0 0-2-2H5a2 2 0 0 0-2 2v12a2 2 0 0 0 2 2h7a2 2 0 0 0 2-2v-2',
  'M9 12h12l-3-3m0 6l3-3',
);
export const IconMap2: Icon = /* @__PURE__ */ outlined(
  'M12 18.5L9 17l-6 3V7l6-3l6 3l6-3v7.5M9 4v13m6-10v5.5m6.121 7.621a3 3 0 1 0-4.242 0Q17.506 20.749 19 22q1.577-1.335 2.121-1.879M19 18v.01',
);
export const IconMapOff: Icon = /* @__PURE__ */ outlined(
  'M8.32 4.34L9 4l6 3l6-3v13m-2.67 1.335L15 20l-6-3l-6 3V7l2.665-1.333M9 4v1m0 4v8m6-10v4m0 4v5M3 3l18 18',
);
export const IconMinus: Icon = /* @__PURE__ */ outlined('M5 12h14');
export const IconPaperclip: Icon = /* @__PURE__ */ outlined(
  'm15 7l-6.5 6.5a1.5 1.5 0 0 0 3 3L18 10a3 3 0 0 0-6-6l-6.5 6.5a4.5 4.5 0 0 0 9 9L21 13',
);
export const IconPencil: Icon = /* @__PURE__ */ outlined('M4 20h4L18.5 9.5a2.828 2.828 0 1 0-4-4L4 16zm9.5-13.5l4 4');
export const IconPlayerPlay: Icon = /* @__PURE__ */ outlined('M7 4v16l13-8z');
export const IconPlayerPlayFilled: Icon = /* @__PURE__ */ filled(
  'M6 4v16a1 1 0 0 0 1.524.852l13-8a1 1 0 0 0 0-1.704l-13-8A1 1 0 0 0 6 4',
);
export const IconPlayerSkipForward: Icon = /* @__PURE__ */ outlined('M4 5v14l12-7zm16 0v14');
export const IconPlayerStop: Icon = /* @__PURE__ */ outlined(
  'M5 7a2 2 0 0 1 2-2h10a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2H7a2 2 0 0 1-2-2z',
);
export const IconPlayerTrackNext: Icon = /* @__PURE__ */ outlined('M3 5v14l8-7zm11 0v14l8-7z');
export const IconPlugConnected: Icon = /* @__PURE__ */ outlined(
  'm7 12l5 5l-1.5 1.5a3.536 3.536 0 1 1-5-5zm10 0l-5-5l1.5-1.5a3.536 3.536 0 1 1 5 5zM3 21l2.5-2.5m13-13L21 3m-11 8l-2 2m5 1l-2 2',
);
export const IconPlugConnectedX: Icon = /* @__PURE__ */ outlined(
  'm20 16l-4 4m-9-8l5 5l-1.5 1.5a3.536 3.536 0 1 1-5-5zm10 0l-5-5l1.5-1.5a3.536 3.536 0 1 1 5 5zM3 21l2.5-2.5m13-13L21 3m-11 8l-2 2m5 1l-2 2m5 0l4 4',
);
export const IconPlus: Icon = /* @__PURE__ */ outlined('M12 5v14m-7-7h14');
export const IconRefresh: Icon = /* @__PURE__ */ outlined(
  'M20 11A8.1 8.1 0 0 0 4.5 9M4 5v4h4m-4 4a8.1 8.1 0 0 0 15.5 2m.5 4v-4h-4',
);
export const IconRocket: Icon = /* @__PURE__ */ outlined(
  'M4 13a8 8 0 0 1 7 7a6 6 0 0 0 3-5a9 9 0 0 0 6-8a3 3 0 0 0-3-3a9 9 0 0 0-8 6a6 6 0 0 0-5 3',
  'M7 14a6 6 0 0 0-3 6a6 6 0 0 0 6-3m4-8a1 1 0 1 0 2 0a1 1 0 1 0-2 0',
);
export const IconRoute: Icon = /* @__PURE__ */ outlined(
  'M3 19a2 2 0 1 0 4 0a2 2 0 0 0-4 0M19 7a2 2 0 1 0 0-4a2 2 0 0 0 0 4m-8 12h5.5a3.5 3.5 0 0 0 0-7h-8a3.5 3.5 0 0 1 0-7H13',
);
export const IconRoute2: Icon = /* @__PURE__ */ outlined(
  'M3 19a2 2 0 1 0 4 0a2 2 0 0 0-4 0M19 7a2 2 0 1 0 0-4a2 2 0 0 0 0 4m-5-2a2 2 0 0 0-2 2v10a2 2 0 0 1-2 2',
);
export const IconScale: Icon = /* @__PURE__ */ outlined(
  'M7 20h10M6 6l6-1l6 1m-6-3v17m-3-8L6 6l-3 6a3 3 0 0 0 6 0m12 0l-3-6l-3 6a3 3 0 0 0 6 0',
);
export const IconSearch: Icon = /* @__PURE__ */ outlined('M3 10a7 7 0 1 0 14 0a7 7 0 1 0-14 0m18 11l-6-6');
export const IconSelector: Icon = /* @__PURE__ */ outlined('m8 9l4-4l4 4m0 6l-4 4l-4-4');
export const IconSend: Icon = /* @__PURE__ */ outlined(
  'M10 14L21 3m0 0l-6.5 18a.55.55 0 0 1-1 0L10 14l-7-3.5a.55.55 0 0 1 0-1z',
);
export const IconServer: Icon = /* @__PURE__ */ outlined(
  'M3 7a3 3 0 0 1 3-3h12a3 3 0 0 1 3 3v2a3 3 0 0 1-3 3H6a3 3 0 0 1-3-3zm0 8a3 3 0 0 1 3-3h12a3 3 0 0 1 3 3v2a3 3 0 0 1-3 3H6a3 3 0 0 1-3-3zm4-7v.01M7 16v.01',
);
export const IconServerOff: Icon = /* @__PURE__ */ outlined(
  'M12 12H6a3 3 0 0 1-3-3V7c0-1.083.574-2.033 1.435-2.56M8 4h10a3 3 0 0 1 3 3v2a3 3 0 0 1-3 3h-2m0 0h2a3 3 0 0 1 3 3v2m-1.448 2.568A3 3 0 0 1 18 20H6a3 3 0 0 1-3-3v-2a3 3 0 0 1 3-3h6M7 8v.01M7 16v.01M3 3l18 18',
);
export const IconSettings: Icon = /* @__PURE__ */ outlined(
  'M10.325 4.317c.426-1.756 2.924-1.756 3.35 0a1.724 1.724 0 0 0 2.573 1.066c1.543-.94 3.31.826 2.37 2.37a1.724 1.724 0 0 0 1.065 2.572c1.756.426 1.756 2.924 0 3.35a1.724 1.724 0 0 0-1.066 2.573c.94 1.543-.826 3.31-2.37 2.37a1.724 1.724 0 0 0-2.572 1.065c-.426 1.756-2.924 1.756-3.35 0a1.724 1.724 0 0 0-2.573-1.066c-1.543.94-3.31-.826-2.37-2.37a1.724 1.724 0 0 0-1.065-2.572c-1.756-.426-1.756-2.924 0-3.35a1.724 1.724 0 0 0 1.066-2.573c-.94-1.543.826-3.31 2.37-2.37c1 .608 2.296.07 2.572-1.065',
  'M9 12a3 3 0 1 0 6 0a3 3 0 0 0-6 0',
);
export const IconShield: Icon = /* @__PURE__ */ outlined(
  'M12 3a12 12 0 0 0 8.5 3A12 12 0 0 1 12 21A12 12 0 0 1 3.5 6A12 12 0 0 0 12 3',
);
export const IconSitemap: Icon = /* @__PURE__ */ outlined(
  'M3 17a2 2 0 0 1 2-2h2a2 2 0 0 1 2 2v2a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2zm12 0a2 2 0 0 1 2-2h2a2 2 0 0 1 2 2v2a2 2 0 0 1-2 2h-2a2 2 0 0 1-2-2zM9 5a2 2 0 0 1 2-2h2a2 2 0 0 1 2 2v2a2 2 0 0 1-2 2h-2a2 2 0 0 1-2-2zM6 15v-1a2 2 0 0 1 2-2h8a2 2 0 0 1 2 2v1m-6-6v3',
);
export const IconSpacingHorizontal: Icon = /* @__PURE__ */ outlined(
  'M20 20h-2a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2h2M4 20h2a2 2 0 0 0 2-2V6a2 2 0 0 0-2-2H4m8 4v8',
);
export const IconTicket: Icon = /* @__PURE__ */ outlined(
  'M15 5v2m0 4v2m0 4v2M5 5h14a2 2 0 0 1 2 2v3a2 2 0 0 0 0 4v3a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2v-3a2 2 0 0 0 0-4V7a2 2 0 0 1 2-2',
);
export const IconTrash: Icon = /* @__PURE__ */ outlined(
  'M4 7h16m-10 4v6m4-6v6M5 7l1 12a2 2 0 0 0 2 2h8a2 2 0 0 0 2-2l1-12M9 7V4a1 1 0 0 1 1-1h4a1 1 0 0 1 1 1v3',
);
export const IconUnlink: Icon = /* @__PURE__ */ outlined(
  'M17 22v-2m-8-5l6-6m-4-3l.463-.536a5 5 0 0 1 7.071 7.072L18 13m-5 5l-.397.534a5.07 5.07 0 0 1-7.127 0a4.97 4.97 0 0 1 0-7.071L6 11m14 6h2M2 7h2m3-5v2',
);
export const IconUserCheck: Icon = /* @__PURE__ */ outlined(
  'M8 7a4 4 0 1 0 8 0a4 4 0 0 0-8 0M6 21v-2a4 4 0 0 1 4-4h4m1 4l2 2l4-4',
);
export const IconUsers: Icon = /* @__PURE__ */ outlined(
  'M5 7a4 4 0 1 0 8 0a4 4 0 1 0-8 0M3 21v-2a4 4 0 0 1 4-4h4a4 4 0 0 1 4 4v2m1-17.87a4 4 0 0 1 0 7.75M21 21v-2a4 4 0 0 0-3-3.85',
);
export const IconWebhook: Icon = /* @__PURE__ */ outlined(
  'M4.876 13.61A4 4 0 1 0 11 17h6',
  'M15.066 20.502A4 4 0 1 0 17 13c-.706 0-1.424.179-2 .5L12 8',
  'M16 8a4 4 0 1 0-8 0c0 1.506.77 2.818 2 3.5L7 17',
);
export const IconWorldShare: Icon = /* @__PURE__ */ outlined(
  'M20.94 13.045A9 9 0 1 0 11.987 21M3.6 9h16.8M3.6 15H13',
  'M11.5 3a17 17 0 0 0 0 18m1-18a17 17 0 0 1 2.529 10.294M16 22l5-5m0 4.5V17h-4.5',
);
export const IconX: Icon = /* @__PURE__ */ outlined('M18 6L6 18M6 6l12 12');
